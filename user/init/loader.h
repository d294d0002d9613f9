/**
 * @file
 * The loader: what a process is made of.
 */
#pragma once

#include "process.h"

/**
 * Slots of a process's pool: the capability space in which the root task keeps what it needs of the
 * process. The pool is made of the process's own memory, and goes with it.
 */
enum pool_slot {
    POOL_SPACE = 1,
    POOL_THREAD,
    POOL_BUFFER,
    POOL_DRAFT, /**< memory for the file of a program that it is about to start; or empty */
    POOL_PAGES  /**< and from here on all that is mapped, in the order in which it was */
};

/** Where a process's stack ends: a page below its IPC buffer. */
#define STACK_END (MEMORY_BUFFER - PAGE_SIZE)
/** Where it begins when it has grown as far as it may. */
#define STACK_START (STACK_END - INIT_STACK_PAGES * PAGE_SIZE)

enum error loader_load(struct process *process, slot given);
enum error loader_let_run(const struct process *process, uint64_t argument);
void loader_unload(struct process *process);
enum error loader_set_priority(const struct process *process, uint64_t level);
uint64_t loader_state(const struct process *process);

/** @return whether a process's thread has not been started yet */
static inline bool loader_is_stopped(const struct process *process)
{
    return loader_state(process) == 0;
}

/** @return whether it has ended */
static inline bool loader_has_ended(const struct process *process)
{
    return loader_state(process) == 1;
}

slot pool_slot(const struct process *process, uint64_t number);
enum error pool_take(struct process *process, slot *taken);
void pool_give_back(struct process *process);
