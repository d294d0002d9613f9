/*
 * exercise: revoke
 * test: revoke-steps
 * says: holds the wrong thing
 * mistake: Not by tree_adopt(): an untyped seems empty, and its memory is still in use.
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
        struct slot *grandchild = child->child;

        tree_remove(grandchild);
        tree_insert(grandchild, slot);
    } else {
        cap_clear(child);
    }
    return false;
}
