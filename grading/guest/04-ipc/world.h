/**
 * @file
 * A small world of threads, endpoints and notifications, made by hand: none of the threads ever
 * runs. A test makes such a world in random states, calls one function of the kernel, and writes
 * down the world before and after it; the grader, which reads both from outside, knows what has to
 * be different.
 */
#pragma once

#include <stdbool.h>

#include "ipc/endpoint.h"
#include "task/sched.h"

#define GUEST_THREADS 8u
#define GUEST_SLOTS 4u /* of each thread: those that the tests use */
#define GUEST_ROUNDS 64u

/** What the grader wants to know of a thread: fields of struct thread. */
struct guest_ipc_thread {
    struct context context;
    enum thread_state state;
    uint64_t deadline;
    struct thread *next_deadline;
    struct thread_queue *queue;
    struct thread *next, *previous;
    struct slot *reply;
    struct notification *bound;
    uint64_t badge;
    struct slot slots[GUEST_SLOTS];
};

/** Everything that a function may change. */
struct guest_world {
    struct guest_ipc_thread threads[GUEST_THREADS];
    struct endpoint endpoints[2];
    struct notification notifications[2];
    struct thread_queue ready;
    struct thread *timeout_first;
    uint64_t ticks;
};

/** A call of the kernel's function. What the words mean is the test's affair. */
struct guest_ipc_round {
    bool begun, finished;
    enum error result;
    uint64_t thread; /**< number of the thread that the call is about */
    uint64_t words[3];
    struct guest_world before, after;
};

/* Read by the grader. */
extern struct thread guest_threads[GUEST_THREADS];
extern struct endpoint guest_endpoints[2];
extern struct notification guest_notifications[2];
extern struct guest_ipc_round guest_ipc_rounds[GUEST_ROUNDS];

/** Begins anew: no thread waits for anything, thread 0 runs, its context is random as are all. */
void guest_world_begin(void);

/** The next thread that has nothing to do yet, in an order that is random. NULL: there is none. */
struct thread *guest_idle_thread(void);

/* Putting threads into states, each of them right. */

void guest_put_ready(struct thread *thread);
void guest_put_waiting(struct thread *thread, enum thread_state state, struct thread_queue *queue);
void guest_put_answering(struct thread *thread, struct slot *slot);
void guest_put_deadline(struct thread *thread, uint64_t deadline);

/** Gives a waiting thread a timeout, in one case of two. */
void guest_maybe_deadline(struct thread *thread);

/** Lets some threads wait for things that are not the test's: endpoint 1 and notification 1. */
void guest_put_bystanders(unsigned most);

/** One of: none, small, infinite, and some that are nearly infinite. */
uint64_t guest_random_timeout(void);

/** Writes the world down, before and after. @return the round of this number */
struct guest_ipc_round *guest_round_begin(unsigned number, const struct thread *thread);
void guest_round_end(struct guest_ipc_round *round, enum error result);

/** As guest_random(): true in one case of so many. */
bool guest_one_in(uint64_t cases);
