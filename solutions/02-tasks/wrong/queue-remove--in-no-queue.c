/*
 * exercise: queue-remove
 * test: queue-remove
 * says: which is in no queue, did not return
 * mistake: Does not think of a thread that is in no queue, for which there is nothing to do: it
 *   follows a null pointer.
 */
void queue_remove(struct thread *thread)
{
    struct thread_queue *queue = thread->queue;

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
