/*
 * exercise: lookup
 * test: lookup-numbers
 * says: returns the wrong error
 * mistake: Compares the number's successor with the count. Behind the largest number comes 0.
 */
enum error slots_lookup(struct slot *slots, uint64_t count, uint64_t number, uint64_t allows,
                        struct slot **found)
{
    struct slot *slot = &slots[number];

    if (number + 1 > count || (slot->allows & kind_of(allows)) == 0) {
        return ERROR_BAD_SLOT;
    }
    *found = slot;
    return (slot->allows & allows) == allows ? ERROR_NONE : ERROR_NO_RIGHT;
}
