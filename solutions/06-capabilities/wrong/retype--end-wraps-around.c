/*
 * exercise: retype
 * test: retype-place
 * says: does not fit in: .*\n  expected: ERROR_NO_MEMORY\n  got:      ERROR_NONE
 * mistake: Compares the object's end with the size. For a size near 2^64 that end is a small
 * number.
 */
enum error untyped_place(const struct slot *untyped, const struct object_size *size,
                         uint64_t *offset)
{
    uint64_t address = untyped->start + first_free(untyped);
    uint64_t aligned = (address + size->alignment - 1) & ~(size->alignment - 1);
    uint64_t begin = aligned - untyped->start;

    if (begin + size->bytes > untyped->badge) {
        return ERROR_NO_MEMORY;
    }
    *offset = begin;
    return ERROR_NONE;
}
