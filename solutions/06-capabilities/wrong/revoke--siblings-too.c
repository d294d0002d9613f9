/*
 * exercise: revoke
 * test: revoke-tree
 * says: slot .* is empty|is not empty|never comes to an end|did not return
 * mistake: Takes its neighbour in the tree for what came from it.
 */
bool cap_revoke_step(struct slot *slot)
{
    struct slot *child = slot->child != NULL ? slot->child : slot->next;

    if (!empty_cnodes()) {
        return false;
    }
    if (child == NULL) {
        return true;
    }
    if (child->child != NULL) {
        tree_adopt(child->child, slot);
    } else {
        cap_clear(child);
    }
    return false;
}
