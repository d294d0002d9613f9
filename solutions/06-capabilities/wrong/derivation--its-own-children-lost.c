/*
 * exercise: derivation
 * test: derivation-adopt
 * says: 's first child \(`child`\) is wrong
 * mistake: Takes for granted that who comes into the tree has no children. With tree_adopt()
 * whole branches come.
 */
void tree_insert(struct slot *slot, struct slot *parent)
{
    slot->parent = parent;
    slot->previous = NULL;
    slot->child = NULL;
    slot->next = parent->child;
    if (slot->next != NULL) {
        slot->next->previous = slot;
    }
    parent->child = slot;
}
