/**
 * @file
 * Queues of bytes: what has been typed and not been read, what has been written and not been sent.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A ring. Its owner sets `bytes` and `size`; all else is 0 when it is empty. */
struct byte_queue {
    uint8_t *bytes;
    size_t size;  /**< of `bytes` */
    size_t first; /**< index of the oldest byte */
    size_t count;
};

/** @return how many bytes there is room for */
static inline size_t queue_room(const struct byte_queue *queue)
{
    return queue->size - queue->count;
}

bool queue_put(struct byte_queue *queue, const void *bytes, size_t count);
bool queue_take(struct byte_queue *queue, uint8_t *byte);
void queue_clear(struct byte_queue *queue);
