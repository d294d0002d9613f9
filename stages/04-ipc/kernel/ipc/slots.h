/**
 * @file
 * A thread's slots.
 */
#pragma once

#include "task/thread.h"

enum error slots_find(struct thread *thread, uint64_t number, uint64_t allows, struct slot **found);
struct slot *slots_last_caller(struct thread *thread);
enum error slots_put(struct thread *thread, uint64_t number, struct slot content);
enum error slots_can_copy(const struct thread *thread, uint64_t number);
enum error slots_copy(struct thread *thread, uint64_t number, const struct slot *from);
void slots_give(struct thread *thread, uint64_t number, const struct slot *from);
enum error slots_narrow(struct slot *content, uint64_t rights, uint64_t badge);
void slots_clear(struct slot *slot);
