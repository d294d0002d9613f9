/**
 * @file
 * The files of programs that processes bring, in memory.
 */
#pragma once

#include "process.h"

enum error draft_make(struct process *process, uint64_t pages, uint64_t address);
bool draft_is_large_enough(const struct process *process, uint64_t pages);
enum error draft_close(struct process *process, const char *name, uint64_t size,
                       const struct image **image);
void draft_hand_over(struct process *from, struct process *to);
void draft_discard(struct process *process);
void image_discard(struct process *process);
