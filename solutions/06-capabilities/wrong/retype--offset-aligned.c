/*
 * exercise: retype
 * test: retype-place
 * says: finds the wrong place|returns the wrong error
 * mistake: Aligns the offset. The object begins where start and offset together say, and is not
 * aligned there.
 */
enum error untyped_place(const struct slot *untyped, const struct object_size *size,
                         uint64_t *offset)
{
    uint64_t begin =
        (first_free(untyped) + size->alignment - 1) & ~(size->alignment - 1);

    if (begin > untyped->badge || size->bytes > untyped->badge - begin) {
        return ERROR_NO_MEMORY;
    }
    *offset = begin;
    return ERROR_NONE;
}
