/**
 * @file
 * The derivation tree: which capability comes from which.
 */
#pragma once

#include "task/slot.h"

/** What everything comes from: its children are what the kernel made at boot. */
extern struct slot cap_origin;

void tree_insert(struct slot *slot, struct slot *parent);
void tree_remove(struct slot *slot);
void tree_adopt(struct slot *child, struct slot *parent);
void tree_move(struct slot *to, struct slot *from);
