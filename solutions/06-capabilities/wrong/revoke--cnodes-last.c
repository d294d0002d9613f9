/*
 * exercise: revoke
 * test: revoke-cnodes
 * says: holds the wrong thing|is not as it has to be|is wrong
 * mistake: Empties CNodes when no child is left, not before. Their number grows all the while.
 */
bool cap_revoke_step(struct slot *slot)
{
    struct slot *child = slot->child;

    if (child == NULL) {
        return empty_cnodes();
    }
    if (child->child != NULL) {
        tree_adopt(child->child, slot);
    } else {
        cap_clear(child);
    }
    return false;
}
