/*
 * exercise: lookup
 * test: lookup-rights
 * says: expected: ERROR_BAD_SLOT\n  got:      ERROR_NO_RIGHT
 * mistake: Says ERROR_NO_RIGHT for a slot of another kind: no right to it would help.
 */
enum error slots_lookup(struct slot *slots, uint64_t count, uint64_t number, uint64_t allows,
                        struct slot **found)
{
    if (number >= count || slots[number].allows == SLOT_EMPTY) {
        return ERROR_BAD_SLOT;
    }
    *found = &slots[number];
    return (slots[number].allows & allows) == allows ? ERROR_NONE : ERROR_NO_RIGHT;
}
