/**
 * @file
 * The end of capabilities, in bounded steps.
 *
 * Deleting a capability leaves what came from it to its parent; revoking deletes all that came from
 * it and leaves itself. Both may take any number of steps. Between two steps everything is as it
 * should be, so the kernel can be left, others can run, and the call goes on later.
 *
 * With its last capability a CNode goes, and with it all capabilities in it, which may be the last
 * to other CNodes. No recursion: such CNodes line up to be emptied. Until then each holds the last
 * capability to itself in a slot of its own, so that its memory is not used again too early.
 */
#include "cap/cap.h"

#include "ipc/message.h"
#include "object/object.h"

static struct cnode *emptied; /* the first CNode that is to be emptied; NULL: none is */

/** The last capability to a CNode moves into it. */
static void begin_emptying(struct slot *last)
{
    struct cnode *cnode = last->cnode;

    object_lose(last);
    tree_move(&cnode->self, last);
    cnode->next = emptied;
    emptied = cnode;
}

/** One step of emptying CNodes. @return whether nothing was left to do */
static bool empty_cnodes(void)
{
    struct cnode *cnode = emptied;

    if (cnode == NULL) {
        return true;
    }
    if (cnode->cursor < cnode->count) {
        if (cap_clear(&cnode->slots[cnode->cursor])) {
            cnode->cursor++;
        }
    } else {
        emptied = cnode->next;
        tree_remove(&cnode->self);
    }
    return false;
}

/**
 * One step of emptying a slot. Capabilities that came from what it holds go over to its parent.
 *
 * @return whether it is empty
 */
bool cap_clear(struct slot *slot)
{
    if (slot->allows == SLOT_EMPTY || slot->allows == SLOT_REPLY) {
        reply_drop(slot);
        return true;
    }
    if (slot->child != NULL) {
        tree_adopt(slot->child, slot->parent);
        return false;
    }
    if (slot->allows & SLOT_CNODE && slot->cnode->capabilities == 1) {
        begin_emptying(slot);
        return true;
    }
    if (!object_release(slot)) {
        return false;
    }
    tree_remove(slot);
    *slot = (struct slot){0};
    return true;
}

/**
 * One step of deleting a capability. It is done when the slot is empty and no CNode is left to be
 * emptied.
 *
 * @return whether it is done
 */
bool cap_delete_step(struct slot *slot)
{
    if (slot->allows != SLOT_EMPTY) {
        cap_clear(slot);
        return false;
    }
    return empty_cnodes();
}

/**
 * One step of revoking a capability: deletes one that has come from it. Each step takes the first
 * child. If that has children itself, the first of those becomes a child of `slot` (tree_adopt()),
 * else one step of emptying it is taken (cap_clear()). Before all this, CNodes that are to be
 * emptied are (empty_cnodes(), a step at a time).
 *
 * @param slot  keeps its capability
 * @return whether there was nothing to do: no CNode to be emptied, and no child
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
    return false;
}
