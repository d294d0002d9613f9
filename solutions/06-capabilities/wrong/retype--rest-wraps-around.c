/*
 * exercise: retype
 * test: retype-place
 * says: does not fit in: .*\n  expected: ERROR_NO_MEMORY\n  got:      ERROR_NONE
 * mistake: Does not ask whether the place begins in the untyped: when aligning leads beyond its
 * end, what is left is a huge number.
 */
enum error untyped_place(const struct slot *untyped, const struct object_size *size,
                         uint64_t *offset)
{
    uint64_t address = untyped->start + first_free(untyped);
    uint64_t aligned = (address + size->alignment - 1) & ~(size->alignment - 1);
    uint64_t begin = aligned - untyped->start;

    if (size->bytes > untyped->badge - begin) {
        return ERROR_NO_MEMORY;
    }
    *offset = begin;
    return ERROR_NONE;
}
