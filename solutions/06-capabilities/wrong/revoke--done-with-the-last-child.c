/*
 * exercise: revoke
 * test: revoke-steps
 * says: returns the wrong thing\n  expected: false
 * mistake: Says that it is done when it has begun with the last child, which may need more
 * steps.
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
        cap_clear(child);
    }
    return slot->child == NULL || slot->child->next == NULL;
}
