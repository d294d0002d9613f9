/*
 * exercise: lookup
 * test: lookup-numbers
 * says: expected: ERROR_NONE\n  got:      ERROR_BAD_SLOT
 * mistake: Takes slot 0 for none. That of the last caller is looked up as number 0 of one.
 */
enum error slots_lookup(struct slot *slots, uint64_t count, uint64_t number, uint64_t allows,
                        struct slot **found)
{
    if (number == 0 || number >= count || (slots[number].allows & kind_of(allows)) == 0) {
        return ERROR_BAD_SLOT;
    }
    *found = &slots[number];
    return (slots[number].allows & allows) == allows ? ERROR_NONE : ERROR_NO_RIGHT;
}
