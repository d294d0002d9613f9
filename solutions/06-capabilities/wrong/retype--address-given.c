/*
 * exercise: retype
 * test: retype-place
 * says: finds the wrong place
 * mistake: Hands out the address where the offset is asked for.
 */
enum error untyped_place(const struct slot *untyped, const struct object_size *size,
                         uint64_t *offset)
{
    uint64_t address = untyped->start + first_free(untyped);
    uint64_t aligned = (address + size->alignment - 1) & ~(size->alignment - 1);
    uint64_t begin = aligned - untyped->start;

    if (begin > untyped->badge || size->bytes > untyped->badge - begin) {
        return ERROR_NO_MEMORY;
    }
    *offset = aligned;
    return ERROR_NONE;
}
