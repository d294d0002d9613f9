/**
 * @file
 * Queues of threads.
 */
#pragma once

#include "task/thread.h"

/**
 * A doubly linked queue. The links are in the threads themselves, so putting a thread into a queue
 * can never fail, and a thread can be in one queue at most.
 */
struct thread_queue {
    struct thread *first, *last; /**< both NULL when it is empty */
};

void queue_insert_before(struct thread_queue *queue, struct thread *thread, struct thread *place);
void queue_append(struct thread_queue *queue, struct thread *thread);
void queue_remove(struct thread *thread);
