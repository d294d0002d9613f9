/*
 * exercise: retype
 * test: retype-place
 * says: finds the wrong place|returns the wrong error
 * mistake: Puts the object where the last one ends, whatever its alignment.
 */
enum error untyped_place(const struct slot *untyped, const struct object_size *size,
                         uint64_t *offset)
{
    uint64_t address = untyped->start + first_free(untyped);
    uint64_t aligned = address;
    uint64_t begin = aligned - untyped->start;

    if (begin > untyped->badge || size->bytes > untyped->badge - begin) {
        return ERROR_NO_MEMORY;
    }
    *offset = begin;
    return ERROR_NONE;
}
