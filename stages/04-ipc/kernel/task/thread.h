/**
 * @file
 * Threads: each is the one thread of a task, but for the idle thread.
 *
 * Life: created READY; RUNNING when the scheduler picks it; back to READY when its quantum is used
 * up or it yields; SLEEPING until its time has come, JOINING until another thread has ended, or in
 * one of the five states of waiting for a message, an answer or a signal (ipc/); at last ENDED, and
 * once somebody has joined it, UNUSED again.
 *
 *     UNUSED -> READY <-> RUNNING -> ENDED -> UNUSED
 *                 ^          |
 *                 +-- SLEEPING, JOINING, SENDING, CALLING, ANSWERING, RECEIVING, WAITING
 *
 * Who writes what: a thread's fields are written by the kernel alone, with interrupts off.
 */
#pragma once

#include "abi/error.h"
#include "arch/boot.h"
#include "arch/context.h"
#include "arch/cpu_state.h"
#include "task/slot.h"

#define THREAD_LIMIT 128u
#define THREAD_NAME_SIZE 16

/** Where in its life a thread is. */
enum thread_state {
    THREAD_UNUSED,    /**< free to become a new thread */
    THREAD_READY,     /**< in the ready queue */
    THREAD_RUNNING,   /**< the current thread; in no queue */
    THREAD_SLEEPING,  /**< in the sleepers' queue until wake_tick */
    THREAD_JOINING,   /**< in no queue; the thread it waits for names it as joiner */
    THREAD_ENDED,     /**< has its exit_status; waits to be joined */
    THREAD_SENDING,   /**< in an endpoint's senders */
    THREAD_CALLING,   /**< likewise, and wants an answer */
    THREAD_ANSWERING, /**< its message has been received; the slot `reply` may answer it */
    THREAD_RECEIVING, /**< in an endpoint's receivers */
    THREAD_WAITING,   /**< in a notification's waiters */
};

/** Names a thread for ever: a later thread in the same control block has another number. */
typedef struct {
    uint64_t number;
} thread_id;

/** A thread control block. What the assembly knows of it comes first: ipc/layout.c. */
struct thread {
    struct context context; /**< registers while it does not run; first, for the entries' sake */
    enum thread_state state;
    uint64_t deadline;              /**< tick that ends its wait; 0: none does. By timeout.c */
    struct thread *next_deadline;   /**< the one behind it in the list of timeouts */
    struct thread_queue *queue;     /**< the queue it is in; NULL: in none. By queue.c */
    struct thread *next, *previous; /**< its neighbours there. By queue.c */
    struct slot *reply;             /**< ANSWERING: who may answer it; else NULL. By reply.c */
    struct notification *bound;     /**< received along with messages; never NULL */
    uint64_t badge;                 /**< SENDING, CALLING: of the slot that it sends through */
    uint64_t *buffer;               /**< its IPC buffer, MESSAGE_WORDS_MAX words, in the window */
    struct slot slots[SLOT_LIMIT];  /**< what it may use. By slots.c and reply.c */
    struct cpu_state cpu;           /**< by arch/ */

    thread_id id;
    char name[THREAD_NAME_SIZE]; /**< of its program; ends with NUL */
    unsigned quantum;            /**< ticks left before another thread's turn */
    uint64_t ticks_used;         /**< timer ticks that found it running */
    uint64_t wake_tick;          /**< SLEEPING: when to wake up */
    struct thread *joiner;       /**< who waits for its end; NULL: nobody */
    int64_t exit_status;         /**< ENDED: what its program returned */
    struct memory_range image;   /**< where its program's pages are */
};

/* The assembly knows these two: arch/x86_64/context.inc. */
_Static_assert(offsetof(struct thread, state) == 176, "THREAD_STATE");
_Static_assert(THREAD_RUNNING == 2, "THREAD_RUNNING");

/** All threads there can be. threads[0] is the idle thread. */
extern struct thread threads[THREAD_LIMIT];

struct thread *thread_claim(const char *name);
struct thread *thread_lookup(thread_id id);
void thread_end(struct thread *thread, int64_t status);
void thread_reclaim(struct thread *thread);

/* What belongs to a thread besides its control block: ipc/thread_parts.c. */
void thread_prepare(struct thread *thread);
void thread_release(struct thread *thread);
noreturn void thread_resume(struct thread *thread);
