/**
 * @file
 * What the tests put between the parts of the kernel: see between.c. And what they have of their
 * own instead of parts that may not be written yet.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdnoreturn.h>

#include "task/sched.h"
#include "task/thread.h"

/** Functions that take the place of the kernel's; NULL: the kernel's own. Set by the tests. */
struct guest_between {
    void (*queue_remove)(struct thread *thread);
    bool (*interrupt_acknowledge)(unsigned line);
    void (*sleep_wake_due)(uint64_t now);
    void (*sched_leave)(void); /**< ends in guest_escape() */
};

extern struct guest_between guest_between;

void guest_queue_append(struct thread_queue *queue, struct thread *thread);
void guest_queue_remove(struct thread *thread);

/* escape.asm */
bool guest_escaped(void (*function)(void *), void *argument);
noreturn void guest_escape(void);
