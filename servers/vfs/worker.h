/**
 * @file
 * Workers: each request of a client is served by a worker, a thread of control with a stack of its
 * own inside the one thread of the server. A worker runs until it sleeps or is done; no other runs
 * meanwhile. So code between two sleeps needs no locks, and a request that has to wait for the
 * disk, a pipe or a manager makes nobody else wait.
 */
#pragma once

#include <stdbool.h>

struct worker;

/** Workers that sleep for the same reason, in the order in which they came. All 0: none. */
struct wait_queue {
    struct worker *first, *last;
};

/**
 * Lets the running worker sleep until somebody wakes it.
 *
 * @param queue  where it waits
 * @return whether it was woken; false: the client that it works for has ended, or was cancelled;
 *         whoever sees that gives up with EINTR. After false it is in no queue
 */
bool worker_sleep(struct wait_queue *queue);

/** The same for what has to be waited for in any case: the disk, or a lock. */
void worker_sleep_surely(struct wait_queue *queue);

/** Wakes whoever sleeps in a queue: they run when the running worker sleeps or is done. */
void worker_wake_all(struct wait_queue *queue);

/** Wakes the one that came first, if there is one. */
void worker_wake_first(struct wait_queue *queue);

/** A lock that many can have to read, or one to write. Fair: in the order in which they ask. All 0:
 * nobody has it. */
struct rw_lock {
    unsigned readers;
    bool is_written;
    struct wait_queue waiting;
};

void rw_lock_read(struct rw_lock *lock);
void rw_unlock_read(struct rw_lock *lock);
void rw_lock_write(struct rw_lock *lock);
void rw_unlock_write(struct rw_lock *lock);
