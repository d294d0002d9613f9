/**
 * @file
 * What the parts of the block cache share, and nobody else uses.
 */
#pragma once

#include "vfs/cache.h"
#include "vfs/device.h"

#define CACHE_BUFFERS STORAGE_MEMORY_PAGES /**< a page of the disks' memory for each */
#define CACHE_LOOK 64u                     /**< how far to look for a buffer that is not changed */

/** All buffers. The page of number i is i pages behind the memory's beginning. */
extern struct buffer cache_buffers[CACHE_BUFFERS];

struct buffer *cache_choose(struct buffer *oldest);

struct buffer *cache_find(const struct device *device, uint64_t block);
struct buffer *cache_oldest(void);
void cache_place(struct buffer *buffer, struct device *device, uint64_t block);

int cache_read(struct buffer *first, unsigned count);
void cache_write(struct buffer *first, unsigned count);
void cache_write_oldest(struct buffer *oldest);
int cache_wait_for_any(void);

/** Sleeps while a buffer is read or written. */
static inline void cache_wait(struct buffer *buffer)
{
    buffer->references++; /* so that it stays this block's */
    while (buffer->is_busy) {
        worker_sleep_surely(&buffer->waiting);
    }
    buffer->references--;
}
