/*
 * exercise: derivation
 * test: derivation-insert
 * says: tree_insert\(\) of .* did not return
 * mistake: Writes to the neighbour also when there is none.
 */
void tree_insert(struct slot *slot, struct slot *parent)
{
    slot->parent = parent;
    slot->previous = NULL;
    slot->next = parent->child;
    slot->next->previous = slot;
    parent->child = slot;
}
