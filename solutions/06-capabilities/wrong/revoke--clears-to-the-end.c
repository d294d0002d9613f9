/*
 * exercise: revoke
 * test: revoke-steps
 * says: does more than one step
 * mistake: Clears a child in one go, however many steps its end takes.
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
        tree_adopt(child->child, slot);
    } else {
        while (!cap_clear(child)) {
        }
    }
    return false;
}
