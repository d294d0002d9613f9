/*
 * exercise: queue-remove
 * test: queue-remove
 * says: thread \d+'s `previous` is wrong
 * mistake: Treats the queue as a singly linked one: 'next' is right all the way, the 'previous'
 *   of the thread behind still points at the one that has gone.
 */
void queue_remove(struct thread *thread)
{
    struct thread_queue *queue = thread->queue;

    if (queue == NULL) {
        return;
    }
    if (queue->first == thread) {
        queue->first = thread->next;
    } else {
        thread->previous->next = thread->next;
    }
    if (queue->last == thread) {
        queue->last = thread->previous;
    }
    thread->queue = NULL;
    thread->next = NULL;
    thread->previous = NULL;
}
