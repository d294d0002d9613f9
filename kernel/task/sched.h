/**
 * @file
 * The scheduler: priorities, round robin within each.
 */
#pragma once

#include "task/queue.h"
#include "task/thread.h"

#define SCHED_TICK_HZ 1000u /* timer interrupts a second */
#define SCHED_QUANTUM 10u   /* ticks that a thread may run while others of its level are ready */

/** Everything the scheduler knows. Written with interrupts off. */
struct scheduler {
    struct thread *current; /**< RUNNING; its context is where the CPU saves. By sched.c */
    uint64_t
        ready_levels;    /**< a bit for each level at which a thread may be ready; 0 there: none */
    struct thread *idle; /**< runs when no other can; in no queue, never blocks */
    struct thread_queue sleepers; /**< every SLEEPING thread, next to wake first. By sleep.c */
    uint64_t ticks;               /**< timer interrupts since the start. By timer.c */
    struct thread_queue ready[PRIORITY_LEVELS]; /**< every READY thread but the idle one, each at
                                                     its level, next to run first */
};

/** The one scheduler of the one CPU. */
extern struct scheduler sched;

void sched_init(void);
void sched_start(void);
void sched_set_level(struct thread *thread, unsigned level);
unsigned sched_level(const struct thread *thread);
void sched_make_ready(struct thread *thread);
void sched_reorder(struct thread *thread);
void sched_rotate(void);
void sched_preempt(void);
bool sched_is_contended(void);
noreturn void sched_leave(void);
