/*
 * exercise: revoke
 * test: revoke-steps
 * says: does more than one step
 * mistake: Loops until nothing is left. Whoever has made a million copies stops the machine for
 * as long as it takes.
 */
bool cap_revoke_step(struct slot *slot)
{
    while (!empty_cnodes()) {
    }
    while (slot->child != NULL) {
        struct slot *child = slot->child;

        if (child->child != NULL) {
            tree_adopt(child->child, slot);
        } else {
            cap_clear(child);
        }
    }
    while (!empty_cnodes()) {
    }
    return true;
}
