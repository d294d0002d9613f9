/**
 * @file
 * Queues of bytes.
 */
#include "console/queue.h"

/**
 * Puts bytes at the end: all of them or none.
 *
 * @return whether there was room
 */
bool queue_put(struct byte_queue *queue, const void *bytes, size_t count)
{
    const uint8_t *from = bytes;

    if (count > queue_room(queue)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        queue->bytes[(queue->first + queue->count++) % queue->size] = from[i];
    }
    return true;
}

/**
 * Takes the oldest byte.
 *
 * @param queue  the queue
 * @param byte   set, if there is one
 * @return whether there was one
 */
bool queue_take(struct byte_queue *queue, uint8_t *byte)
{
    if (queue->count == 0) {
        return false;
    }
    *byte = queue->bytes[queue->first];
    queue->first = (queue->first + 1) % queue->size;
    queue->count--;
    return true;
}

/** Forgets all bytes. */
void queue_clear(struct byte_queue *queue)
{
    queue->count = 0;
}
