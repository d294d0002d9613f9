/*
 * exercise: lookup
 * test: lookup-numbers
 * says: there is no such slot, returns the wrong error|did not return
 * mistake: Compares signed numbers: those from 2^63 on are negative, and less than any count.
 */
enum error slots_lookup(struct slot *slots, uint64_t count, uint64_t number, uint64_t allows,
                        struct slot **found)
{
    if ((int64_t)number >= (int64_t)count || (slots[number].allows & kind_of(allows)) == 0) {
        return ERROR_BAD_SLOT;
    }
    *found = &slots[number];
    return (slots[number].allows & allows) == allows ? ERROR_NONE : ERROR_NO_RIGHT;
}
