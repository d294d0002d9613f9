/**
 * @file
 * Locks for many readers or one writer: see worker.h.
 *
 * Who unlocks hands over: the lock is the next one's before that runs. So nobody who comes
 * meanwhile gets in front of those that wait.
 */
#include <stddef.h>

#include "worker_run.h"

/** Gives the lock to those at the head of the queue that can have it. */
static void hand_over(struct rw_lock *lock)
{
    const struct worker *first;

    while ((first = lock->waiting.first) != NULL && !lock->is_written) {
        if (!first->wants_write) {
            lock->readers++;
        } else if (lock->readers == 0) {
            lock->is_written = true;
        } else {
            break;
        }
        worker_wake_first(&lock->waiting);
    }
}

/** Waits until the lock was handed over. */
static void wait(struct rw_lock *lock, bool wants_write)
{
    worker_running()->wants_write = wants_write;
    worker_sleep_surely(&lock->waiting);
}

/** Locks to read: others may do so, too. */
void rw_lock_read(struct rw_lock *lock)
{
    if (lock->is_written || lock->waiting.first != NULL) {
        wait(lock, false);
    } else {
        lock->readers++;
    }
}

/** Undoes rw_lock_read(). */
void rw_unlock_read(struct rw_lock *lock)
{
    lock->readers--;
    hand_over(lock);
}

/** Locks to write: nobody else has it meanwhile. */
void rw_lock_write(struct rw_lock *lock)
{
    if (lock->is_written || lock->readers > 0 || lock->waiting.first != NULL) {
        wait(lock, true);
    } else {
        lock->is_written = true;
    }
}

/** Undoes rw_lock_write(). */
void rw_unlock_write(struct rw_lock *lock)
{
    lock->is_written = false;
    hand_over(lock);
}
