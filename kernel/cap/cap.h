/**
 * @file
 * Capabilities: where they come from, how they are found and copied, how they end.
 */
#pragma once

#include "task/thread.h"

/** What everything comes from: its children are what the kernel made at boot. */
extern struct slot cap_origin;

void tree_insert(struct slot *slot, struct slot *parent);
void tree_remove(struct slot *slot);
void tree_adopt(struct slot *child, struct slot *parent);
void tree_move(struct slot *to, struct slot *from);

struct slot *cap_locate(struct thread *thread, uint64_t address);
struct slot *cap_find(uint64_t address, uint32_t allows);
enum error cap_mint(struct slot *copy, uint64_t rights, uint64_t badge);
enum error cap_copy(struct slot *to, struct slot *from, uint64_t rights, uint64_t badge);
void cap_derive(struct slot *to, struct slot content, struct slot *parent);

bool cap_clear(struct slot *slot);
bool cap_delete_step(struct slot *slot);
bool cap_revoke_step(struct slot *slot);
