/**
 * @file
 * The scheduler: priorities, round robin within each. Queues of threads, and time.
 */
#pragma once

#include "task/thread.h"

#define SCHED_TICK_HZ 1000u /* timer interrupts a second */
#define SCHED_QUANTUM 10u   /* ticks that a thread may run while others of its level are ready */

/**
 * A doubly linked queue. The links are in the threads themselves, so putting a thread into a queue
 * can never fail, and a thread can be in one queue at most.
 */
struct thread_queue {
    struct thread *first, *last; /**< both NULL when it is empty */
};

/** Everything the scheduler knows. Written with interrupts off. */
struct scheduler {
    struct thread *current; /**< RUNNING; its context is where the CPU saves. By sched.c */
    uint64_t ready_levels;  /**< a bit for each level at which a thread may be ready */
    struct thread *idle;    /**< runs when no other can; in no queue, never blocks */
    uint64_t ticks;         /**< timer interrupts since the start. By timer.c */
    struct thread_queue ready[PRIORITY_LEVELS]; /**< every READY thread but the idle one, each at
                                                     its level, next to run first */
};

/** The one scheduler of the one CPU. */
extern struct scheduler sched;

void sched_set_level(struct thread *thread, unsigned level);
unsigned sched_level(const struct thread *thread);
void sched_make_ready(struct thread *thread);
void sched_reorder(struct thread *thread);
void sched_rotate(void);
void sched_preempt(void);
bool sched_is_contended(void);
noreturn void sched_leave(void);

void queue_insert_before(struct thread_queue *queue, struct thread *thread, struct thread *place);
void queue_append(struct thread_queue *queue, struct thread *thread);
void queue_remove(struct thread *thread);

void timer_enter(struct context *saved);

/* What a tick ends: ipc/sleep_wake_due.c. */
void sleep_wake_due(uint64_t now);
