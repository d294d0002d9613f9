/**
 * @file
 * Threads: how their control blocks are taken, found, and given back.
 *
 * Callers see to it that interrupts are off.
 */
#include "task/thread.h"

#include "arch/switch.h"
#include "debug/panic.h"
#include "lib/string.h"
#include "task/sched.h"

struct thread threads[THREAD_LIMIT];

static size_t slot_of(const struct thread *thread)
{
    return (size_t)(thread - threads);
}

static struct thread *find_unused(void)
{
    for (size_t i = 0; i < THREAD_LIMIT; i++) {
        if (threads[i].state == THREAD_UNUSED) {
            return &threads[i];
        }
    }
    return NULL;
}

/** Copies a name, cut off to fit. */
static void set_name(struct thread *thread, const char *name)
{
    size_t length = strlen(name);

    if (length >= THREAD_NAME_SIZE) {
        length = THREAD_NAME_SIZE - 1;
    }
    memcpy(thread->name, name, length);
    thread->name[length] = '\0';
}

/** A number that names this control block and no earlier thread in it. */
static thread_id next_id(const struct thread *thread)
{
    uint64_t last = thread->id.number;

    return (thread_id){last == 0 ? slot_of(thread) + THREAD_LIMIT : last + THREAD_LIMIT};
}

/**
 * Takes a control block for a new thread. It is READY, but in no queue; all else in it is 0.
 *
 * @param name  for people; cut off to THREAD_NAME_SIZE - 1 characters
 * @return the thread; NULL when every control block is in use
 */
struct thread *thread_claim(const char *name)
{
    struct thread *thread = find_unused();

    if (thread != NULL) {
        *thread = (struct thread){.id = next_id(thread), .state = THREAD_READY};
        set_name(thread, name);
    }
    return thread;
}

/**
 * @return the thread of a name; NULL when there is none, or none any more
 */
struct thread *thread_lookup(thread_id id)
{
    struct thread *thread = &threads[id.number % THREAD_LIMIT];
    bool found = thread->state != THREAD_UNUSED && thread->id.number == id.number;

    return found ? thread : NULL;
}

/** Wakes the joiner with the exit status, if there is one. */
static void answer_joiner(struct thread *thread)
{
    struct thread *joiner = thread->joiner;

    if (joiner != NULL) {
        context_set_result(&joiner->context, ERROR_NONE, (uint64_t)thread->exit_status);
        sched_make_ready(joiner);
    }
}

/**
 * Ends a thread: gives back all that it holds but its control block. Somebody who waits for it goes
 * on; otherwise it stays ENDED until it is joined.
 *
 * @param thread  a thread in no queue
 * @param status  its exit status
 */
void thread_end(struct thread *thread, int64_t status)
{
    ASSERT(thread->queue == NULL);
    thread->state = THREAD_ENDED;
    thread->exit_status = status;
    thread_release(thread);
    if (thread->joiner != NULL) {
        answer_joiner(thread);
        thread_reclaim(thread);
    }
}

/**
 * Gives back an ended thread's control block.
 */
void thread_reclaim(struct thread *thread)
{
    ASSERT(thread->state == THREAD_ENDED);
    thread->state = THREAD_UNUSED;
}
