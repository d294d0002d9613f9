/*
 * exercise: lookup
 * test: lookup-numbers
 * says: there is no such slot, returns the wrong error
 * mistake: Keeps a slot's number in 32 bits. A number with bits above them is another slot's
 * then.
 */
enum error slots_lookup(struct slot *slots, uint64_t count, uint64_t number, uint64_t allows,
                        struct slot **found)
{
    number = (uint32_t)number;
    if (number >= count || (slots[number].allows & kind_of(allows)) == 0) {
        return ERROR_BAD_SLOT;
    }
    *found = &slots[number];
    return (slots[number].allows & allows) == allows ? ERROR_NONE : ERROR_NO_RIGHT;
}
