/*
 * exercise: revoke
 * test: revoke-steps
 * says: does more than one step
 * mistake: Revokes the children first, by calling itself. A chain of copies is as deep as its
 * maker likes, and the kernel's stack is not.
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
    while (!cap_revoke_step(child)) {
    }
    cap_clear(child);
    return false;
}
