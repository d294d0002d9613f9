/*
 * exercise: retype
 * test: retype-place
 * says: sets `\*offset`, although it refuses
 * mistake: Writes the offset first, and sees only then that the object does not fit in.
 */
enum error untyped_place(const struct slot *untyped, const struct object_size *size,
                         uint64_t *offset)
{
    uint64_t address = untyped->start + first_free(untyped);
    uint64_t aligned = (address + size->alignment - 1) & ~(size->alignment - 1);

    *offset = aligned - untyped->start;
    if (*offset > untyped->badge || size->bytes > untyped->badge - *offset) {
        return ERROR_NO_MEMORY;
    }
    return ERROR_NONE;
}
