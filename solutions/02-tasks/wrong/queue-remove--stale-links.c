/*
 * exercise: queue-remove
 * test: queue-remove
 * says: thread \d+'s `(next|previous)` is wrong
 * mistake: Takes the thread out and leaves its own links as they were. They point at threads
 *   that it has nothing to do with any more.
 */
void queue_remove(struct thread *thread)
{
    struct thread_queue *queue = thread->queue;

    if (queue == NULL) {
        return;
    }
    if (queue->first == thread) {
        queue->first = thread->next;
    }
    if (queue->last == thread) {
        queue->last = thread->previous;
    }
    if (thread->previous != NULL) {
        thread->previous->next = thread->next;
    }
    if (thread->next != NULL) {
        thread->next->previous = thread->previous;
    }
    thread->queue = NULL;
}
