/**
 * @file
 * The derivation tree: which capability comes from which.
 *
 * The tree is in the slots themselves: each knows its parent, its first child and its neighbours
 * among its parent's children. So no operation can fail for want of memory, and each takes a few
 * steps, whatever the size of the tree.
 *
 * Invariant: a slot is in the tree if it allows anything but SLOT_REPLY; `previous` is NULL in the
 * first child of a parent and nowhere else.
 */
#include "cap/cap.h"

struct slot cap_origin;

/**
 * Puts a slot into the tree, as its parent's first child.
 *
 * @param slot    has no parent yet; what came from it stays with it
 * @param parent  is in the tree
 */
void tree_insert(struct slot *slot, struct slot *parent)
{
    slot->parent = parent;
    slot->previous = NULL;
    slot->next = parent->child;
    if (slot->next != NULL) {
        slot->next->previous = slot;
    }
    parent->child = slot;
}

/**
 * Takes a slot out of the tree.
 *
 * @param slot  has no children, or is about to get another parent
 */
void tree_remove(struct slot *slot)
{
    if (slot->previous == NULL) {
        slot->parent->child = slot->next;
    } else {
        slot->previous->next = slot->next;
    }
    if (slot->next != NULL) {
        slot->next->previous = slot->previous;
    }
}

/**
 * Gives a slot, with all that hangs on it, to another parent: the one that it has is about to end.
 * Untyped memory that loses something so is no one's to make objects of from now on: what it has
 * lost is still in it, but is not found below it any more.
 */
void tree_adopt(struct slot *child, struct slot *parent)
{
    if (child->parent->allows == SLOT_UNTYPED) {
        child->parent->allows = SLOT_CLOSING_UNTYPED;
    }
    tree_remove(child);
    tree_insert(child, parent);
}

/**
 * Moves what is in a slot into another one. It keeps its parent.
 *
 * @param to    empty
 * @param from  has no children; empty afterwards
 */
void tree_move(struct slot *to, struct slot *from)
{
    struct slot *parent = from->parent;

    tree_remove(from);
    *to = *from;
    tree_insert(to, parent);
    *from = (struct slot){0};
}
