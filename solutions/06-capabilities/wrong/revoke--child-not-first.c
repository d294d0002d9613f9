/*
 * exercise: revoke
 * test: revoke-steps
 * says: 's (parent|previous|next|first child).* is wrong|holds the wrong thing
 * mistake: Begins with the second child where there is one: which step comes when is no longer
 * what is said.
 */
bool cap_revoke_step(struct slot *slot)
{
    struct slot *child = slot->child;

    if (child != NULL && child->next != NULL) {
        child = child->next;
    }

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
    return false;
}
