/**
 * @file
 * Threads.
 *
 * Life: created READY; RUNNING when the scheduler picks it; back to READY when its quantum is used
 * up or it yields; SLEEPING until its time has come, or JOINING until another thread has ended; at
 * last ENDED, and once somebody has joined it, UNUSED again.
 *
 *     UNUSED -> READY <-> RUNNING -> ENDED -> UNUSED
 *                 ^          |
 *                 +-- SLEEPING, JOINING
 *
 * Who writes what: a thread's fields are written by the kernel alone, with interrupts off.
 */
#pragma once

#include "abi/error.h"
#include "arch/context.h"
#include "arch/stack_area.h"

#define THREAD_LIMIT STACK_AREA_SLOTS
#define THREAD_NAME_SIZE 16

/** Where in its life a thread is. */
enum thread_state {
    THREAD_UNUSED,   /**< free to become a new thread */
    THREAD_READY,    /**< in the ready queue */
    THREAD_RUNNING,  /**< the current thread; in no queue */
    THREAD_SLEEPING, /**< in the sleepers' queue until wake_tick */
    THREAD_JOINING,  /**< in no queue; the thread it waits for names it as joiner */
    THREAD_ENDED,    /**< has its exit_status; waits to be joined */
};

/** Names a thread for ever: a later thread in the same control block has another number. */
typedef struct {
    uint64_t number;
} thread_id;

/** A thread's program. @return the thread's exit status */
typedef int64_t (*thread_program)(void *argument);

/** A thread control block. */
struct thread {
    struct context context; /**< registers while it does not run; first, for entry.asm's sake */
    thread_id id;
    char name[THREAD_NAME_SIZE]; /**< ends with NUL */
    enum thread_state state;
    struct thread_queue *queue;     /**< the queue it is in; NULL: in none. By queue.c */
    struct thread *next, *previous; /**< its neighbours there. By queue.c */
    unsigned quantum;               /**< ticks left before another thread's turn */
    uint64_t ticks_used;            /**< timer ticks that found it running */
    uint64_t wake_tick;             /**< SLEEPING: when to wake up */
    struct thread *joiner;          /**< who waits for its end; NULL: nobody */
    int64_t exit_status;            /**< ENDED: what its program returned */
    uint64_t stack_frames;          /**< physical address of its stack */
};

/** All threads there can be. threads[0] is the idle thread. */
extern struct thread threads[THREAD_LIMIT];

enum error thread_make(const char *name, thread_program program, void *argument,
                       struct thread **made);
struct thread *thread_claim(const char *name);
struct thread *thread_lookup(thread_id id);
void thread_end(struct thread *thread, int64_t status);
void thread_reclaim(struct thread *thread);

/* Gives back what an ended thread holds. */
void thread_release(struct thread *thread);

/* Goes on with a thread. */
noreturn void thread_resume(struct thread *thread);
