/*
 * exercise: queue-remove
 * test: queue-remove
 * says: `last` is wrong
 * mistake: Handles the front and forgets the end: the next thread that is appended is hung
 *   behind one that is no longer in the queue, and is lost.
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
    if (thread->next != NULL) {
        thread->next->previous = thread->previous;
    }
    thread->queue = NULL;
    thread->next = NULL;
    thread->previous = NULL;
}
