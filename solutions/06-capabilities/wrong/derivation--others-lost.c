/*
 * exercise: derivation
 * test: derivation-insert
 * says: 's (next|previous|first child).* is wrong
 * mistake: Replaces the first child: those that were there can be found no more.
 */
void tree_insert(struct slot *slot, struct slot *parent)
{
    slot->parent = parent;
    slot->previous = NULL;
    slot->next = NULL;
    if (slot->next != NULL) {
        slot->next->previous = slot;
    }
    parent->child = slot;
}
