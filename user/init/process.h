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
    uint64_t parent; /**< who has asked for it, or who was above that one; or ROOT_ID */
    bool is_orphan;  /**< who has asked for it is gone: nobody waits for its end */
    const struct image *image;
    const struct privileges *privileges;
    struct block *memory; /**< what all of it is made of; NULL: it has ended. By loader.c */
    int64_t status;       /**< when it has ended */
    uint32_t pool_next;   /**< the pool's first empty slot; by pool_take() */
    uint32_t pool_slots;  /**< of the pool; by loader.c */
    uint32_t more;        /**< pages of memory that it takes besides its program's */
    uint64_t regions;     /**< a bit for each shared region that it has attached; by shared.c */
};

/** Stands for the root task among parents. */
#define ROOT_ID 0u

/** What a new process consists of. */
struct process_start {
    uint64_t parent;
    slot given;
    const struct image *image;
    const struct privileges *privileges;
    uint32_t more; /**< see struct process */
};

struct call_result process_start(const char *name, uint64_t argument,
                                 const struct process_start *start);
enum error process_create(const struct process_start *start, struct process **made);
void process_discard(struct process *process);
uint64_t process_index(const struct process *process);
struct process *process_at(uint64_t index);
struct process *process_find_any(uint64_t id);
struct process *process_find(uint64_t id);
bool process_is_alive(uint64_t id);
int64_t process_status(uint64_t id);
void process_forget(struct process *process);
void process_end(struct process *process, int64_t status);
bool process_join(const struct process *joiner, struct message *message);
void processes_sweep(void);
slot process_slot(const struct process *process, unsigned which);

/** A process's slots of the root task. */
enum process_slot {
    PROCESS_POOL,   /**< its pool, see loader.h */
    PROCESS_CSPACE, /**< its own capability space */
    PROCESS_JOINER, /**< who waits for its end */
    PROCESS_WAITER, /**< itself, while it waits for others */
    PROCESS_IMAGE,  /**< the memory of its program's file, if it has brought one */
    PROCESS_DRAFT,  /**< that of a program that it is about to start */
    PROCESS_SLOTS
};
