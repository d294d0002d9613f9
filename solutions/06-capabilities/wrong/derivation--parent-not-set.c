/*
 * exercise: derivation
 * test: derivation-insert
 * says: 's parent is wrong
 * mistake: Leaves in `parent` what stood there.
 */
void tree_insert(struct slot *slot, struct slot *parent)
{
    slot->previous = NULL;
    slot->next = parent->child;
    if (slot->next != NULL) {
        slot->next->previous = slot;
    }
    parent->child = slot;
}
