/**
 * @file
 * The scheduler: of the threads that are ready, the most important one runs; those of one level
 * take turns.
 *
 * The kernel is a state machine: every entry (a timer interrupt, a kernel call) changes the state
 * of some threads and ends in sched_leave(), which goes on with whichever thread is to run. Nothing
 * is kept on the kernel's stack between two entries, so that switching threads is nothing more than
 * leaving to another context than the one that was saved.
 *
 * A thread that answers a call is as important as the one that waits for the answer, and so on
 * along the chain of calls: otherwise a less important thread could keep both from running
 * (priority inversion; Sha, Rajkumar and Lehoczky, "Priority Inheritance Protocols", 1990).
 */
#include "task/sched.h"

#include "debug/panic.h"

/* So far a chain of calls is followed: what a program builds must not take the kernel long. */
#define CHAIN_MAX 16u

struct scheduler sched;

/**
 * Sets a thread's own level.
 *
 * @param thread  not in a ready queue
 * @param level   0 to PRIORITY_LEVELS - 1
 */
void sched_set_level(struct thread *thread, unsigned level)
{
    thread->level = level;
    thread->outranked_by = ~(uint64_t)1 << level;
}

/** @return the level at which a thread runs: its own, or a higher one that it has inherited */
unsigned sched_level(const struct thread *thread)
{
    unsigned highest = 0;

    for (unsigned i = 0; i < CHAIN_MAX; i++) {
        unsigned level = thread->level > thread->inherited ? thread->level : thread->inherited;

        highest = level > highest ? level : highest;
        if (thread->caller.allows != SLOT_REPLY) {
            break;
        }
        thread = thread->caller.caller;
    }
    return highest;
}

/** The highest level at which a thread is ready; -1: none is. */
static int highest_ready(void)
{
    while (sched.ready_levels != 0) {
        int level = 63 - __builtin_clzll(sched.ready_levels);

        if (sched.ready[level].first != NULL) {
            return level;
        }
        sched.ready_levels &= ~((uint64_t)1 << level);
    }
    return -1;
}

/** Makes a thread ready at its level: before a place in the queue. */
static void make_ready(struct thread *thread, bool first)
{
    unsigned level = sched_level(thread);

    ASSERT(thread != sched.idle);
    thread->state = THREAD_READY;
    sched.ready_levels |= (uint64_t)1 << level;
    queue_insert_before(&sched.ready[level], thread, first ? sched.ready[level].first : NULL);
}

/**
 * Makes a thread ready to run: after all of its level that are ready already.
 *
 * @param thread  in no queue, not the idle thread
 */
void sched_make_ready(struct thread *thread)
{
    make_ready(thread, false);
}

/** A thread's level may have changed: if so, and it is ready, it lines up at the new one. */
void sched_reorder(struct thread *thread)
{
    bool is_ready = thread->state == THREAD_READY && thread != sched.idle;

    if (is_ready && thread->queue != &sched.ready[sched_level(thread)]) {
        queue_remove(thread);
        sched_make_ready(thread);
    }
}

/**
 * Ends the current thread's turn: it lines up behind all of its level that are ready.
 */
void sched_rotate(void)
{
    if (sched.current != sched.idle) {
        sched_make_ready(sched.current);
    }
}

/**
 * Ends the current thread's turn for a more important one that is ready. The rest of its quantum
 * stays its own.
 */
void sched_preempt(void)
{
    bool runs = sched.current->state == THREAD_RUNNING && sched.current != sched.idle;

    if (runs && highest_ready() > (int)sched_level(sched.current)) {
        make_ready(sched.current, true);
    }
}

/** @return whether another thread, not less important, is ready and waits for its turn */
bool sched_is_contended(void)
{
    return highest_ready() >= (int)sched_level(sched.current);
}

/** Takes the thread whose turn it is out of its ready queue; the idle thread when there is none. */
static struct thread *take_next(void)
{
    int level = highest_ready();
    struct thread *next = level < 0 ? sched.idle : sched.ready[level].first;

    queue_remove(next);
    return next;
}

/**
 * Leaves the kernel: to the current thread if it may go on, else to the next one.
 */
noreturn void sched_leave(void)
{
    sched_preempt();
    if (sched.current->state != THREAD_RUNNING || sched.current == sched.idle) {
        sched.idle->state = THREAD_READY; /* if it was the current thread */
        sched.current = take_next();
        sched.current->state = THREAD_RUNNING;
        if (sched.current->quantum == 0) {
            sched.current->quantum = SCHED_QUANTUM;
        }
    }
    thread_resume(sched.current);
}
