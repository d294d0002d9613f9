/*
 * exercise: retype
 * test: retype-fill
 * says: none is in use .*(finds the wrong place|returns the wrong error)
 * mistake: Takes `extra` as it stands there. When everything that came from the untyped is gone,
 * it means nothing.
 */
enum error untyped_place(const struct slot *untyped, const struct object_size *size,
                         uint64_t *offset)
{
    uint64_t address = untyped->start + untyped->extra;
    uint64_t aligned = (address + size->alignment - 1) & ~(size->alignment - 1);
    uint64_t begin = aligned - untyped->start;

    if (begin > untyped->badge || size->bytes > untyped->badge - begin) {
        return ERROR_NO_MEMORY;
    }
    *offset = begin;
    return ERROR_NONE;
}
