/*
 * exercise: lookup
 * test: lookup-rights
 * says: sets `\*found`, although there is no slot of that kind
 * mistake: Sets `*found` before it has looked whether the slot is of the kind.
 */
enum error slots_lookup(struct slot *slots, uint64_t count, uint64_t number, uint64_t allows,
                        struct slot **found)
{
    *found = &slots[number];
    if (number >= count || (slots[number].allows & kind_of(allows)) == 0) {
        return ERROR_BAD_SLOT;
    }
    return (slots[number].allows & allows) == allows ? ERROR_NONE : ERROR_NO_RIGHT;
}
