/**
 * @file
 * The scheduler: round robin.
 */
#pragma once

#include "task/queue.h"
#include "task/thread.h"

#define SCHED_TICK_HZ 1000u /* timer interrupts a second */
#define SCHED_QUANTUM 10u   /* ticks that a thread may run while others are ready */

/** Everything the scheduler knows. Written with interrupts off. */
struct scheduler {
    struct thread *current;       /**< RUNNING; its context is where the CPU saves. By sched.c */
    struct thread *idle;          /**< runs when no other can; in no queue, never blocks */
    struct thread_queue ready;    /**< every READY thread but the idle one, next to run first */
    struct thread_queue sleepers; /**< every SLEEPING thread, next to wake first. By sleep.c */
    uint64_t ticks;               /**< timer interrupts since the start. By timer.c */
};

/** The one scheduler of the one CPU. */
extern struct scheduler sched;

void sched_init(void);
void sched_start(void);
void sched_make_ready(struct thread *thread);
void sched_rotate(void);
bool sched_is_contended(void);
noreturn void sched_leave(void);
