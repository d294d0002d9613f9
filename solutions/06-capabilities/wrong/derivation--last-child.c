/*
 * exercise: derivation
 * test: derivation-insert
 * says: slot 0's first child|'s (previous|next|first child).* is wrong
 * mistake: Puts the slot behind all other children: that takes as long as there are many, and
 * revoking finds them in another order.
 */
void tree_insert(struct slot *slot, struct slot *parent)
{
    struct slot *last = parent->child;

    slot->parent = parent;
    slot->previous = NULL;
    slot->next = NULL;
    if (last == NULL) {
        parent->child = slot;
        return;
    }
    while (last->next != NULL) {
        last = last->next;
    }
    last->next = slot;
    slot->previous = last;
}
