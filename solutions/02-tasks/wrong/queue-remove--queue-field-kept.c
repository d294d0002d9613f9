/*
 * exercise: queue-remove
 * test: queue-remove
 * says: thread \d+'s `queue` is wrong
 * mistake: The links are cleared, the field that says which queue the thread is in is not: the
 *   next insertion finds a thread that believes to be in a queue already.
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
    thread->next = NULL;
    thread->previous = NULL;
}
