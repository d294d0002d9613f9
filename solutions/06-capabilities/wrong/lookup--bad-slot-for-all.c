/*
 * exercise: lookup
 * test: lookup-rights
 * says: expected: ERROR_NO_RIGHT\n  got:      ERROR_BAD_SLOT
 * mistake: Has one refusal for everything.
 */
enum error slots_lookup(struct slot *slots, uint64_t count, uint64_t number, uint64_t allows,
                        struct slot **found)
{
    if (number >= count || (slots[number].allows & kind_of(allows)) == 0) {
        return ERROR_BAD_SLOT;
    }
    *found = &slots[number];
    return (slots[number].allows & allows) == allows ? ERROR_NONE : ERROR_BAD_SLOT;
}
