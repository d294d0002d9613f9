/**
 * @file
 * Processes: the programs that the root task has started.
 */
#pragma once

#include <stdbool.h>

#include "blocks.h"
#include "image.h"
#include "ipc.h"
#include "privileges.h"
#include "task.h"

/** A process. Written by process.c, the parts that are marked by others. */
struct process {
    uint64_t id;     /**< 0: nobody */
    uint64_t parent; /**< who has asked for it: a process, or ROOT_ID */
    const struct image *image;
    const struct privileges *privileges;
    struct block *memory; /**< what all of it is made of; NULL: it has ended. By loader.c */
    int64_t status;       /**< when it has ended */
    uint32_t pool_next;   /**< the pool's first empty slot; by pool_take() */
    uint32_t pool_slots;  /**< of the pool; by loader.c */
    uint64_t regions;     /**< a bit for each shared region that it has attached; by shared.c */
};

/** Stands for the root task among parents. */
#define ROOT_ID 0u

/** What a new process is given, but for its program. */
struct process_start {
    uint64_t argument;
    uint64_t parent;
    slot given;
};

struct call_result process_start(const char *name, const struct process_start *start);
struct process *process_find(uint64_t id);
bool process_is_alive(uint64_t id);
int64_t process_status(uint64_t id);
void process_end(struct process *process, int64_t status);
bool process_join(const struct process *joiner, struct message *message);
void processes_sweep(void);
slot process_slot(const struct process *process, unsigned which);

/** A process's slots of the root task. */
enum process_slot {
    PROCESS_POOL,   /**< its pool, see loader.h */
    PROCESS_CSPACE, /**< its own capability space */
    PROCESS_JOINER, /**< who waits for its end */
    PROCESS_SLOTS
};
