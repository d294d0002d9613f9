/**
 * @file
 * The block cache: buffers that are read and written.
 *
 * A transfer is of one buffer, or of some whose pages stand one behind the other and whose blocks
 * do so, too. All of them are busy until it is finished. A buffer is marked as not changed when
 * its transfer begins, so what is changed meanwhile is written again.
 */
#include "vfs/cache_own.h"

#include <errno.h>
#include <stddef.h>

#include "print.h"

#define TOLD_MAX 32u /* lines about transfers that have failed */

static struct wait_queue any; /* those who wait for any buffer to become usable */

/** Waits until a transfer is finished, whichever. @return 0; ENOMEM: none is under way */
int cache_wait_for_any(void)
{
    for (size_t i = 0; i < CACHE_BUFFERS; i++) {
        if (cache_buffers[i].is_busy) {
            worker_sleep_surely(&any);
            return 0;
        }
    }
    return ENOMEM;
}

static void tell(const struct buffer *first, const char *what)
{
    static unsigned told;

    if (told < TOLD_MAX) {
        print("[vfs] %s: %u blocks from %lu on could not be %s.\n", device_name(first->device),
              first->transferred, first->block, what);
    } else if (told == TOLD_MAX) {
        print("[vfs] More blocks cannot be read or written; no more is said.\n");
    }
    told += told <= TOLD_MAX;
}

static void wake(struct buffer *buffer)
{
    buffer->is_busy = false;
    worker_wake_all(&buffer->waiting);
    worker_wake_all(&any);
}

static void read_finished(void *context, int error)
{
    struct buffer *first = context;

    if (error != 0) {
        tell(first, "read");
    }
    for (unsigned i = 0; i < first->transferred; i++) {
        first[i].is_valid = error == 0;
        wake(&first[i]);
    }
}

static void write_finished(void *context, int error)
{
    struct buffer *first = context;

    device_written(first->device);
    if (error != 0) {
        tell(first, "written");
        device_fail(first->device, false);
    }
    for (unsigned i = 0; i < first->transferred; i++) {
        first[i].is_changed |= error != 0;
        first[i].has_failed = error != 0 && first->transferred == 1;
        first[i].goes_alone = error != 0;
        wake(&first[i]);
    }
}

static int begin(struct buffer *first, unsigned count, enum storage_operation operation,
                 storage_finished finished)
{
    const struct device_transfer transfer = {operation,    first->block, count,
                                             first->bytes, finished,     first};

    first->transferred = count;
    for (unsigned i = 0; i < count; i++) {
        first[i].is_busy = true;
        first[i].is_changed = false;
    }
    return device_begin(first->device, &transfer);
}

/**
 * Begins to read buffers. May sleep.
 *
 * @param first  not valid, not busy; so are the others
 * @param count  how many, one behind the other in memory and on the disk
 * @return 0; EIO: it has not begun
 */
int cache_read(struct buffer *first, unsigned count)
{
    int error = begin(first, count, STORAGE_READ, read_finished);

    if (error != 0) {
        read_finished(first, error);
    }
    return error;
}

/**
 * Begins to write buffers. May sleep. If it cannot be begun, that is as if it had failed.
 *
 * @param first  changed, not busy; so are the others
 * @param count  how many, one behind the other in memory and on the disk
 */
void cache_write(struct buffer *first, unsigned count)
{
    int error = begin(first, count, STORAGE_WRITE, write_finished);

    if (error != 0) {
        write_finished(first, error);
    }
}
