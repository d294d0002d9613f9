/*
 * exercise: retype
 * test: retype-fill
 * says: finds a place that is in use
 * mistake: Rounds down to the alignment: the object begins in the one before it.
 */
enum error untyped_place(const struct slot *untyped, const struct object_size *size,
                         uint64_t *offset)
{
    uint64_t address = untyped->start + first_free(untyped);
    uint64_t aligned = address & ~(size->alignment - 1);
    uint64_t begin = aligned - untyped->start;

    if (begin > untyped->badge || size->bytes > untyped->badge - begin) {
        return ERROR_NO_MEMORY;
    }
    *offset = begin;
    return ERROR_NONE;
}
