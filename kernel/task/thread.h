/**
 * @file
 * Threads: what runs. A thread's control block is made from untyped memory.
 *
 * Life: made STOPPED; READY when it is started; RUNNING when the scheduler picks it; back to READY
 * when its quantum is used up, it yields, or a more important one is ready; SLEEPING until its time
 * has come, or in one of the five states of waiting for a message, an answer or a signal (ipc/);
 * STOPPED again when somebody stops it; ENDED when it ends by itself or by a fault.
 *
 *     STOPPED <-> READY <-> RUNNING -> ENDED
 *                   ^          |
 *                   +-- SLEEPING, SENDING, CALLING, ANSWERING, RECEIVING, WAITING
 *
 * Who writes what: a thread's fields are written by the kernel alone, with interrupts off.
 */
#pragma once

#include "abi/error.h"
#include "arch/context.h"
#include "arch/cpu_state.h"
#include "task/slot.h"

#define THREAD_NAME_SIZE 16

/** Where in its life a thread is. */
enum thread_state {
    THREAD_STOPPED = 0,   /**< in no queue */
    THREAD_READY = 1,     /**< in the ready queue of its level */
    THREAD_RUNNING = 2,   /**< the current thread; in no queue */
    THREAD_SLEEPING = 3,  /**< in no queue, until its deadline */
    THREAD_ENDED = 5,     /**< in no queue */
    THREAD_SENDING = 6,   /**< in an endpoint's senders */
    THREAD_CALLING = 7,   /**< likewise, and wants an answer */
    THREAD_ANSWERING = 8, /**< its message has been received; the slot `reply` may answer it */
    THREAD_RECEIVING = 9, /**< in an endpoint's receivers */
    THREAD_WAITING = 10,  /**< in a notification's waiters */
};

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
    struct slot *slots;             /**< its capability space: slots 0 to slot_count - 1 */
    uint64_t slot_count;
    uint64_t root;         /**< its address space */
    uint64_t outranked_by; /**< a bit for each level above its own. By sched.c */
    struct slot caller;    /**< who may be answered: its slot SLOT_LAST_CALLER. By reply.c */
    struct slot cspace;    /**< the capabilities to its parts. By object/thread.c */
    struct slot space, frame;
    struct cpu_state cpu; /**< by arch/ */

    uint64_t capabilities;       /**< to this thread. By cap/ */
    unsigned level;              /**< its priority, 0 to PRIORITY_LEVELS - 1 */
    unsigned inherited;          /**< of those who wait to send to it. By ipc/priority.c */
    struct endpoint *serves;     /**< that it has received from last; NULL: none. Likewise */
    char name[THREAD_NAME_SIZE]; /**< for people; ends with NUL */
    unsigned quantum;            /**< ticks left before another thread's turn */
    uint64_t ticks_used;         /**< timer ticks that found it running */
    bool is_faulting;            /**< its message is a fault, which somebody is to mend */
    struct context fault;        /**< faulting: holds the message in place of its own registers */
};

/* The assembly knows these two: arch/x86_64/context.inc. */
_Static_assert(offsetof(struct thread, state) == 176, "THREAD_STATE");
_Static_assert(THREAD_RUNNING == 2, "THREAD_RUNNING");

void thread_prepare(struct thread *thread);
noreturn void thread_resume(struct thread *thread);
