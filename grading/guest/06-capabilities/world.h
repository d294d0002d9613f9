/**
 * @file
 * Slots of the test's own, some of them in CNodes, with numbers by which the grader knows them; and
 * what is read of them after each step.
 *
 * Slot 0 is what all others come from. Then come the plain slots, and then for each CNode the one
 * in its head (`self`) and those for capabilities.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "object/object.h"

#define GUEST_PLAIN 28u /* slots in no CNode, slot 0 among them */
#define GUEST_CNODES 3u
#define GUEST_CNODE_SLOTS 6u
#define GUEST_SLOTS (GUEST_PLAIN + GUEST_CNODES * (1 + GUEST_CNODE_SLOTS))

#define GUEST_NO_SLOT 0xFF      /* NULL */
#define GUEST_STRANGE_SLOT 0xFE /* an address that is no slot's */

/** A slot in short: what it allows, and the numbers of its parent and so on. */
struct guest_slot_view {
    uint32_t allows;
    uint8_t parent, child, next, previous;
};

/** All of them at one moment. */
struct guest_world_view {
    struct guest_slot_view slots[GUEST_SLOTS];
    uint8_t capabilities[GUEST_CNODES], cursors[GUEST_CNODES]; /**< of each CNode */
    bool changed; /**< something has changed in slots that are not empty, besides */
};

/** Makes all slots empty, but for number 0. */
void guest_world_begin(void);

/** @return the slot of a number */
struct slot *guest_slot(unsigned number);

/** @return the number of a slot; GUEST_NO_SLOT, GUEST_STRANGE_SLOT */
uint8_t guest_slot_number(const struct slot *slot);

struct cnode *guest_cnode(unsigned number);

/** Puts something into an empty slot that is in no tree: random numbers, but for its children. */
void guest_slot_fill(struct slot *slot, uint32_t allows);

/** Makes what has just been put into a slot a capability to a CNode. */
void guest_slot_name_cnode(struct slot *slot, unsigned number);

/** Links a slot as its parent's first child, as tree_insert() has to. */
void guest_slot_link(struct slot *slot, struct slot *parent);

/** Likewise as the three other functions of tree.c have to. None of these uses tree.c. */
void guest_slot_unlink(struct slot *slot);
void guest_slot_adopt(struct slot *child, struct slot *parent);
void guest_slot_move(struct slot *to, struct slot *from);

void guest_world_read(struct guest_world_view *view);
