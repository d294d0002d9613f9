/**
 * @file
 * A thread's slots: its capability space, as messages need it.
 */
#pragma once

#include "task/thread.h"

enum error slots_lookup(struct slot *slots, uint64_t count, uint64_t number, uint64_t allows,
                        struct slot **found);
enum error slots_find(struct thread *thread, uint64_t number, uint64_t allows, struct slot **found);
struct slot *slots_last_caller(struct thread *thread);
enum error slots_can_copy(const struct thread *thread, uint64_t number);

/* Gives a thread a copy of a capability: cap/derive.c. */
enum error slots_copy(struct thread *thread, uint64_t number, struct slot *from, uint64_t rights);
