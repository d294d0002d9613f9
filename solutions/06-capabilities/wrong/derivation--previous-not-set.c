/*
 * exercise: derivation
 * test: derivation-insert
 * says: 's previous is wrong
 * mistake: Leaves in `previous` what stood there. tree_remove() goes by it.
 */
void tree_insert(struct slot *slot, struct slot *parent)
{
    slot->parent = parent;
    slot->next = parent->child;
    if (slot->next != NULL) {
        slot->next->previous = slot;
    }
    parent->child = slot;
}
