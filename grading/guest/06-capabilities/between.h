/**
 * @file
 * What the tests put between the parts of the kernel: see between.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/error.h"
#include "task/thread.h"

/** Functions that take the place of the kernel's; NULL: the kernel's own. Set by the tests. */
struct guest_between {
    void (*tree_insert)(struct slot *slot, struct slot *parent);
    void (*tree_remove)(struct slot *slot);
    void (*tree_adopt)(struct slot *child, struct slot *parent);
    void (*tree_move)(struct slot *to, struct slot *from);
    bool (*object_release)(struct slot *slot);
    void (*reply_drop)(struct slot *slot);
    enum error (*slots_copy)(struct thread *thread, uint64_t number, struct slot *from,
                             uint64_t rights);
    uint64_t (*cpu_fault_address)(void);
    enum error (*fault_send)(struct thread *thread, uintptr_t address, unsigned access);
    void (*fault_end_task)(const struct context *saved);
    void (*priority_follow)(struct thread *thread);
    void (*sched_leave)(void);
};

extern struct guest_between guest_between;
