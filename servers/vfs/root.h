/**
 * @file
 * What the root task is asked: user/init/session_proto.h.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/** A process, as the root task knows it. */
struct root_process {
    uint64_t id, parent;
    unsigned state;  /**< enum init_state */
    unsigned powers; /**< sum of enum init_power */
    char name[17];   /**< ends with NUL */
    uint64_t pages;  /**< of memory that it takes */
};

/** A capability of a process. */
struct root_capability {
    uint64_t kind, badge, size; /**< as slot_read() tells them */
    uint64_t slots;             /**< of the process's capability space */
};

/** The machine's memory, in bytes. */
struct root_memory {
    uint64_t total, kernel, free;
};

bool root_process_read(uint64_t place, uint64_t id, struct root_process *process);
bool root_process_lives(uint64_t id);
bool root_capability_read(uint64_t id, uint64_t slot, struct root_capability *capability);
bool root_memory_read(struct root_memory *memory);
bool root_watch(void);
bool root_serve(void);
