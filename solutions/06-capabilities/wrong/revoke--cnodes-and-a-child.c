/*
 * exercise: revoke
 * test: revoke-cnodes
 * says: does more than one step
 * mistake: Takes a step at a CNode and then one at a child.
 */
bool cap_revoke_step(struct slot *slot)
{
    struct slot *child = slot->child;

    bool nothing_else = empty_cnodes();

    if (child == NULL) {
        return nothing_else;
    }
    if (child->child != NULL) {
        tree_adopt(child->child, slot);
    } else {
        cap_clear(child);
    }
    return false;
}
