/*
 * exercise: revoke
 * test: revoke-cnodes
 * says: returns the wrong thing\n  expected: false
 * mistake: Is done as soon as there is no child, though a CNode waits to be emptied.
 */
bool cap_revoke_step(struct slot *slot)
{
    struct slot *child = slot->child;

    if (child == NULL) {
        return true;
    }
    if (!empty_cnodes()) {
        return false;
    }
    if (child->child != NULL) {
        tree_adopt(child->child, slot);
    } else {
        cap_clear(child);
    }
    return false;
}
