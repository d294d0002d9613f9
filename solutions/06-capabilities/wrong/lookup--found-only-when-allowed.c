/*
 * exercise: lookup
 * test: lookup-rights
 * says: does not set `\*found`
 * mistake: Sets `*found` only without an error. Whoever asks what is wrong with the slot looks
 * at nothing.
 */
enum error slots_lookup(struct slot *slots, uint64_t count, uint64_t number, uint64_t allows,
                        struct slot **found)
{
    if (number >= count || (slots[number].allows & kind_of(allows)) == 0) {
        return ERROR_BAD_SLOT;
    }
    if ((slots[number].allows & allows) != allows) {
        return ERROR_NO_RIGHT;
    }
    *found = &slots[number];
    return ERROR_NONE;
}
