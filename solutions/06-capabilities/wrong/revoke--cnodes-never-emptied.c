/*
 * exercise: revoke
 * test: revoke-cnodes
 * says: returns the wrong thing|holds the wrong thing|is not as it has to be|is wrong
 * mistake: Leaves the CNodes that have lost their last capability as they are: what is in them
 * can still be used.
 */
bool cap_revoke_step(struct slot *slot)
{
    struct slot *child = slot->child;

    if (child == NULL) {
        return true;
    }
    if (child->child != NULL) {
        tree_adopt(child->child, slot);
    } else {
        cap_clear(child);
    }
    return false;
}
