/**
 * @file
 * Which buffer of the cache a new block gets.
 */
#include "vfs/cache_own.h"

#include <stddef.h>

/**
 * Chooses the buffer whose place a block gets that is not in the cache.
 *
 * A buffer is usable if nobody refers to it (`references` is 0) and it is not busy. What is
 * chosen should not have been used for a long time, since it will be read again if it is missed;
 * and it should not be changed, since a changed one has to be written first, and that takes time.
 * So: of the CACHE_LOOK usable buffers that were used least recently the first that is not
 * changed, counted from the oldest on; if all of these are changed, the oldest usable one.
 * Buffers that are not usable are passed over, and do not count.
 *
 * Changes nothing.
 *
 * @param oldest  the buffer that has not been used for the longest time; its `newer` leads to the
 *                next one, and so on; NULL behind the last. May be NULL itself
 * @return the buffer; NULL when none is usable
 */
struct buffer *cache_choose(struct buffer *oldest)
{
    struct buffer *changed = NULL;
    unsigned looked = 0;

    for (struct buffer *buffer = oldest; buffer != NULL && looked < CACHE_LOOK;
         buffer = buffer->newer) {
        if (buffer->references > 0 || buffer->is_busy) {
            continue;
        }
        if (!buffer->is_changed) {
            return buffer;
        }
        if (changed == NULL) {
            changed = buffer;
        }
        looked++;
    }
    return changed;
}
