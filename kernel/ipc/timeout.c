/**
 * @file
 * Timeouts of waits: a list in the order of the deadlines.
 *
 * The list has links of its own: a thread is in here and in the queue that it waits in at the same
 * time. `deadline` is 0 for a thread that is not in the list.
 */
#include "ipc/message.h"

#include "task/sched.h"

struct thread *timeout_first;

/**
 * Lets a timeout run: puts the thread into the list, behind every thread with the same deadline or
 * an earlier one, and sets its `deadline`: the tick (see sched.ticks) that is `milliseconds` ticks
 * behind the next one. A deadline behind the last tick that a counter can hold is that tick.
 *
 * @param thread        a thread without a timeout
 * @param milliseconds  a tick each; TIMEOUT_INFINITE: nothing is done
 */
void timeout_start(struct thread *thread, uint64_t milliseconds)
{
    uint64_t longest = UINT64_MAX - sched.ticks - 1;
    struct thread **place = &timeout_first;

    if (milliseconds == TIMEOUT_INFINITE) {
        return;
    }
    thread->deadline = sched.ticks + 1 + (milliseconds < longest ? milliseconds : longest);
    while (*place != NULL && (*place)->deadline <= thread->deadline) {
        place = &(*place)->next_deadline;
    }
    thread->next_deadline = *place;
    *place = thread;
}

/**
 * Takes a thread out of the list, wherever in it it stands; its deadline is 0 then. A thread
 * without a timeout stays as it is.
 */
void timeout_stop(struct thread *thread)
{
    struct thread **place = &timeout_first;

    if (thread->deadline == 0) {
        return;
    }
    while (*place != thread) {
        place = &(*place)->next_deadline;
    }
    *place = thread->next_deadline;
    thread->deadline = 0;
}
