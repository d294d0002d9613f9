/**
 * @file
 * The block cache: when what is changed is written.
 */
#include "vfs/cache_own.h"

#include <errno.h>
#include <stddef.h>

#define BATCH 16u /* buffers that are written when the place of one is needed */

static bool is_to_write(const struct buffer *buffer)
{
    return buffer->is_changed && !buffer->is_busy;
}

/** @return how many buffers, from one on, can be written at once */
static unsigned run_from(const struct buffer *first)
{
    unsigned limit = device_blocks_at_once(first->device);
    unsigned count = 1;

    while (count < limit && !first->goes_alone && first + count < cache_buffers + CACHE_BUFFERS &&
           first[count].device == first->device && first[count].block == first->block + count &&
           is_to_write(&first[count]) && !first[count].goes_alone) {
        count++;
    }
    return count;
}

/**
 * Begins to write a buffer, and some others that were not used for a long time either: their places
 * will be needed next.
 *
 * @param oldest  changed, not busy
 */
void cache_write_oldest(struct buffer *oldest)
{
    oldest->references++; /* while this may sleep */
    cache_write(oldest, run_from(oldest));
    for (unsigned i = 0; i < BATCH; i++) {
        struct buffer *other = cache_choose(cache_oldest());

        if (other == NULL || !is_to_write(other) || other->has_failed) {
            break;
        }
        cache_write(other, run_from(other));
    }
    oldest->references--;
}

int buffer_write(struct buffer *buffer)
{
    cache_wait(buffer);
    if (buffer->is_changed) {
        cache_write(buffer, 1);
        cache_wait(buffer);
    }
    return buffer->has_failed ? EIO : 0;
}

/** @return the changed buffer of a device with the lowest block, from one on; NULL: none */
static struct buffer *next_changed(const struct device *device, uint64_t from)
{
    struct buffer *next = NULL;

    for (size_t i = 0; i < CACHE_BUFFERS; i++) {
        struct buffer *buffer = &cache_buffers[i];

        if (buffer->device == device && buffer->is_changed && buffer->block >= from &&
            (next == NULL || buffer->block < next->block)) {
            next = buffer;
        }
    }
    return next;
}

/** Begins to write all changed blocks of a device, in their order. */
static void write_all(struct device *device)
{
    struct buffer *buffer;

    for (uint64_t from = 0; (buffer = next_changed(device, from)) != NULL;) {
        from = buffer->block + 1;
        cache_wait(buffer);
        if (buffer->device == device && is_to_write(buffer)) {
            unsigned count = run_from(buffer);

            from = buffer->block + count;
            cache_write(buffer, count);
        }
    }
}

int cache_sync(struct device *device)
{
    uint64_t failures = device_failures(device);
    int error;

    write_all(device);
    for (size_t i = 0; i < CACHE_BUFFERS; i++) {
        if (cache_buffers[i].device == device) {
            cache_wait(&cache_buffers[i]);
        }
    }
    error = device_flush(device);
    return device_failures(device) != failures || error != 0 ? EIO : 0;
}
