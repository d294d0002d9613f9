/*
 * exercise: lookup
 * test: lookup-rights
 * says: returns the wrong error\n  expected: ERROR_NO_RIGHT
 * mistake: Asks for one of the rights where all are needed.
 */
enum error slots_lookup(struct slot *slots, uint64_t count, uint64_t number, uint64_t allows,
                        struct slot **found)
{
    if (number >= count || (slots[number].allows & kind_of(allows)) == 0) {
        return ERROR_BAD_SLOT;
    }
    *found = &slots[number];
    return (slots[number].allows & allows) != 0 ? ERROR_NONE : ERROR_NO_RIGHT;
}
