/*
 * exercise: queue-remove
 * test: queue-remove
 * says: `first` is wrong
 * mistake: Mends the neighbours and forgets the queue itself at the front: a thread that has
 *   left it is still the first one.
 */
void queue_remove(struct thread *thread)
{
    struct thread_queue *queue = thread->queue;

    if (queue == NULL) {
        return;
    }
    if (thread->previous != NULL) {
        thread->previous->next = thread->next;
    }
    if (thread->next != NULL) {
        thread->next->previous = thread->previous;
    } else {
        queue->last = thread->previous;
    }
    thread->queue = NULL;
    thread->next = NULL;
    thread->previous = NULL;
}
