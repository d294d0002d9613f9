/*
 * exercise: derivation
 * test: derivation-insert
 * says: first child \(`child`\) is wrong
 * mistake: Never says to the parent that it has a new child.
 */
void tree_insert(struct slot *slot, struct slot *parent)
{
    slot->parent = parent;
    slot->previous = NULL;
    slot->next = parent->child;
    if (slot->next != NULL) {
        slot->next->previous = slot;
    }
}
