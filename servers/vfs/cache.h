/**
 * @file
 * The block cache: blocks of disks in memory that the storage driver has, too.
 *
 * A buffer holds one block. It is referred to from buffer_get() to buffer_put(); between these it
 * stays in memory. What is changed is written later: when its place is needed, or by cache_sync(),
 * or at once by buffer_write() where the order of writes matters. All blocks of a device have one
 * size, 1024, 2048 or 4096 bytes.
 *
 * A buffer is valid when its bytes are the block's; busy while it is read or written. While it is
 * written it can be read, and changed: then it is written once more. Of several that go over at
 * once one bad sector makes all fail: then each is tried by itself. A buffer that could not be
 * written stays changed, and is tried again with the next cache_sync(); when its place is needed
 * before, what it holds is lost. Both are said on the console, and counted: device_failures().
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "vfs/worker.h"

struct device;

/** A block in memory. */
struct buffer {
    uint8_t *bytes;
    struct device *device;
    uint64_t block;
    /* the rest is the cache's own */
    unsigned references;
    bool is_valid, is_changed, is_busy;
    bool has_failed;              /**< it could not be written the last time, by itself */
    bool goes_alone;              /**< several could not be written at once: next time by itself */
    unsigned transferred;         /**< buffers of a transfer; in the first one */
    struct buffer *older, *newer; /**< in the order in which they were used last */
    struct buffer *next;          /**< whose hash is the same */
    struct wait_queue waiting;    /**< for the end of a transfer */
};

/**
 * Gets a block; reads it from the disk if it is not there. Sleeps meanwhile.
 *
 * @param device  from device_open()
 * @param block   its number, counted in blocks of the device
 * @param buffer  set; give it back with buffer_put()
 * @return 0; EIO; ENOMEM when all buffers are referred to
 */
int buffer_get(struct device *device, uint64_t block, struct buffer **buffer);

/** Gets a block that is to be all 0, whatever the disk has there. It is not read; it counts as
 * changed. */
int buffer_get_zeroed(struct device *device, uint64_t block, struct buffer **buffer);

/** Says that a buffer's bytes were changed. */
void buffer_changed(struct buffer *buffer);

/** Writes a buffer, if it is changed, before anything else is done. Sleeps. It is with the disk
 * then, but maybe not on the medium yet. @return 0; EIO: as above */
int buffer_write(struct buffer *buffer);

void buffer_put(struct buffer *buffer);

/** @return whether there is a buffer for a block, even if it is only being read */
bool cache_has(const struct device *device, uint64_t block);

/** Begins to read blocks, as far as there are buffers that need not be written first. Their bytes
 * will be asked for soon. @param blocks how many, one behind the other on the disk */
void cache_read_ahead(struct device *device, uint64_t block, unsigned blocks);

/** Says that what a block holds does not matter any more: nothing leads to it. It need not be
 * written. */
void cache_drop(struct device *device, uint64_t block);

/** Writes all changed blocks of a device to the medium. Several may do so at once. @return 0; EIO:
 * a write or a flush has failed meanwhile, whoever began it. What has failed before, and went well
 * now, or is lost, is not told: that count device_failures() and device_has_lost() */
int cache_sync(struct device *device);

/** Forgets all blocks of a device; none is referred to. What is changed is lost. */
void cache_forget(struct device *device);
