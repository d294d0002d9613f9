/**
 * @file
 * The scheduler: round robin.
 *
 * The kernel is a state machine: every entry (a timer interrupt, a kernel call) changes the state
 * of some threads and ends in sched_leave(), which goes on with whichever thread is to run. Nothing
 * is kept on the kernel's stack between two entries, so that switching threads is nothing more than
 * leaving to another context than the one that was saved.
 */
#include "task/sched.h"

#include "debug/panic.h"

struct scheduler sched;

/**
 * Makes a thread ready to run: after all that are ready already.
 *
 * @param thread  in no queue, not the idle thread
 */
void sched_make_ready(struct thread *thread)
{
    ASSERT(thread != sched.idle);
    thread->state = THREAD_READY;
    queue_append(&sched.ready, thread);
}

/**
 * Ends the current thread's turn: it lines up behind all that are ready.
 */
void sched_rotate(void)
{
    if (sched.current != sched.idle) {
        sched_make_ready(sched.current);
    }
}

/** @return whether another thread is ready and waits for its turn */
bool sched_is_contended(void)
{
    return sched.ready.first != NULL;
}

/** Takes the thread whose turn it is out of the ready queue; the idle thread when it is empty. */
static struct thread *take_next(void)
{
    struct thread *next = sched.ready.first;

    if (next == NULL) {
        return sched.idle;
    }
    queue_remove(next);
    return next;
}

/**
 * Leaves the kernel: to the current thread if it may go on, else to the next one.
 */
noreturn void sched_leave(void)
{
    bool may_go_on = sched.current->state == THREAD_RUNNING && sched.current != sched.idle;

    if (!may_go_on) {
        sched.idle->state = THREAD_READY; /* if it was the current thread */
        sched.current = take_next();
        sched.current->state = THREAD_RUNNING;
        sched.current->quantum = SCHED_QUANTUM;
    }
    thread_resume(sched.current);
}
