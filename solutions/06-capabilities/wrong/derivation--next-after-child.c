/*
 * exercise: derivation
 * test: derivation-insert
 * says: 's (next|previous) is wrong|did not return
 * mistake: Makes the slot the first child before it asks who was: it becomes its own neighbour.
 */
void tree_insert(struct slot *slot, struct slot *parent)
{
    slot->parent = parent;
    slot->previous = NULL;
    parent->child = slot;
    slot->next = parent->child;
    if (slot->next != NULL) {
        slot->next->previous = slot;
    }
}
