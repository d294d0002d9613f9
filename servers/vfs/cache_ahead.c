/**
 * @file
 * The block cache: reading what will be asked for soon.
 */
#include "vfs/cache_own.h"

#include <stddef.h>

/** Makes a buffer a block's that has none. @return it, busy; NULL: there is one already, or none is
 * to be had without writing */
static struct buffer *place(struct device *device, uint64_t block)
{
    struct buffer *buffer;

    if (cache_has(device, block)) {
        return NULL;
    }
    buffer = cache_choose(cache_oldest());
    if (buffer == NULL || buffer->is_changed) {
        return NULL;
    }
    cache_place(buffer, device, block);
    buffer->is_busy = true; /* nobody else shall read it meanwhile */
    return buffer;
}

bool cache_has(const struct device *device, uint64_t block)
{
    return cache_find(device, block) != NULL;
}

/* Buffers that come from the cache one behind the other are read at once. */
void cache_read_ahead(struct device *device, uint64_t block, unsigned blocks)
{
    struct buffer *first = NULL;
    unsigned count = 0;

    for (unsigned i = 0; i < blocks; i++) {
        struct buffer *buffer = place(device, block + i);

        if (first != NULL && buffer == first + count && count < device_blocks_at_once(device)) {
            count++;
            continue;
        }
        if (first != NULL) {
            cache_read(first, count);
        }
        first = buffer;
        count = 1;
    }
    if (first != NULL) {
        cache_read(first, count);
    }
}
