/**
 * @file
 * Queues of threads.
 *
 * Invariant: following `next` from queue->first visits every thread whose `queue` is this one,
 * once, and ends at queue->last, whose `next` is NULL; following `previous` from there goes the
 * same way back.
 */
#include "task/sched.h"

#include "debug/panic.h"

/**
 * Puts a thread into a queue, before another one.
 *
 * @param queue   the queue
 * @param thread  a thread that is in no queue
 * @param place   a thread in `queue`; NULL to put it at the end
 */
void queue_insert_before(struct thread_queue *queue, struct thread *thread, struct thread *place)
{
    struct thread *previous = place == NULL ? queue->last : place->previous;

    ASSERT(thread->queue == NULL);
    thread->queue = queue;
    thread->next = place;
    thread->previous = previous;
    if (previous == NULL) {
        queue->first = thread;
    } else {
        previous->next = thread;
    }
    if (place == NULL) {
        queue->last = thread;
    } else {
        place->previous = thread;
    }
}

/**
 * Puts a thread at the end of a queue.
 *
 * @param queue   the queue
 * @param thread  a thread that is in no queue
 */
void queue_append(struct thread_queue *queue, struct thread *thread)
{
    queue_insert_before(queue, thread, NULL);
}

/**
 * Takes a thread out of its queue, wherever in it it stands. Afterwards it is in no queue: its
 * `queue`, `next` and `previous` are NULL. A thread that is in no queue stays as it is.
 *
 * @param thread  the thread
 */
void queue_remove(struct thread *thread)
{
    struct thread_queue *queue = thread->queue;

    if (queue == NULL) {
        return;
    }
    if (thread->previous == NULL) {
        queue->first = thread->next;
    } else {
        thread->previous->next = thread->next;
    }
    if (thread->next == NULL) {
        queue->last = thread->previous;
    } else {
        thread->next->previous = thread->previous;
    }
    thread->queue = NULL;
    thread->next = NULL;
    thread->previous = NULL;
}
