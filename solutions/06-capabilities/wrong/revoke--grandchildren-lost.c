/*
 * exercise: revoke
 * test: revoke-tree
 * says: is not empty, though its capability came from it|did not return
 * mistake: Deletes a child by hand, without a look at what came from it: the grandchildren are
 * in no tree any more, and stay.
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
    if (object_release(child)) {
        tree_remove(child);
        *child = (struct slot){0};
    }
    return false;
}
