/*
 * exercise: derivation
 * test: derivation-insert
 * says: 's previous is wrong
 * mistake: Forgets the child that was the first: it still thinks so.
 */
void tree_insert(struct slot *slot, struct slot *parent)
{
    slot->parent = parent;
    slot->previous = NULL;
    slot->next = parent->child;
    parent->child = slot;
}
