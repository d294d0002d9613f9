/*
 * exercise: revoke
 * test: revoke-tree
 * says: slot .* is empty
 * mistake: Clears the capability that is revoked as well: its owner loses what it wanted to
 * keep.
 */
bool cap_revoke_step(struct slot *slot)
{
    struct slot *child = slot->child;

    if (!empty_cnodes()) {
        return false;
    }
    if (child == NULL) {
        cap_clear(slot);
        return true;
    }
    if (child->child != NULL) {
        tree_adopt(child->child, slot);
    } else {
        cap_clear(child);
    }
    return false;
}
