/*
 * exercise: revoke
 * test: revoke-tree
 * says: is not empty, though its capability came from it
 * mistake: Gives the grandchildren to the parent of the revoked capability, as if it were
 * deleted: they are out of reach.
 */
bool cap_revoke_step(struct slot *slot)
{
    struct slot *child = slot->child;

    if (!empty_cnodes()) {
        return false;
    }
    if (child == NULL) {
        return true;
    }
    if (child->child != NULL) {
        tree_adopt(child->child, slot->parent);
    } else {
        cap_clear(child);
    }
    return false;
}
