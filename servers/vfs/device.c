/**
 * @file
 * Disks: which there are, who has opened them, and blocks instead of sectors.
 */
#include "vfs/device.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "vfs/cache.h"

#define BLOCK_SIZE_MAX 4096u /* a page */

/** A disk. */
struct device {
    bool is_open;
    const char *name;
    unsigned disk;
    uint64_t sectors; /* of STORAGE_SECTOR bytes */
    uint32_t block_size;
    uint64_t failures; /* writes and flushes that have failed */
    bool has_lost;     /* some of that was not tried again */
    bool is_flushed;   /* nothing has been written since the last flush began */
    bool is_flushing;
    uint64_t flush_failures;
    struct wait_queue flush_waiting;
};

static struct device devices[] = {{.name = "disk0", .disk = 0}, {.name = "disk1", .disk = 1}};

#define DEVICES (sizeof(devices) / sizeof(devices[0]))

_Static_assert(DEVICES == STORAGE_DISKS, "each disk of the driver has a name");

static bool is_block_size(uint32_t size)
{
    return size >= STORAGE_SECTOR && size <= BLOCK_SIZE_MAX && (size & (size - 1)) == 0;
}

static struct device *find(const char *source)
{
    for (size_t i = 0; i < DEVICES; i++) {
        if (strcmp(devices[i].name, source) == 0) {
            return &devices[i];
        }
    }
    return NULL;
}

int device_open(const char *source, uint32_t block_size, struct device **device)
{
    struct device *found = find(source);
    int error;

    if (found == NULL) {
        return ENODEV;
    }
    if (found->is_open) {
        return EBUSY;
    }
    if (!is_block_size(block_size)) {
        return EINVAL;
    }
    found->is_open = true; /* before this sleeps */
    error = storage_info(found->disk, &found->sectors);
    if (error != 0) {
        found->is_open = false;
        return error;
    }
    found->block_size = block_size;
    found->failures = 0;
    found->has_lost = false;
    found->is_flushed = true;
    *device = found;
    return 0;
}

void device_close(struct device *device)
{
    cache_forget(device);
    device->is_open = false;
}

int device_set_block_size(struct device *device, uint32_t block_size)
{
    if (!is_block_size(block_size)) {
        return EINVAL;
    }
    cache_forget(device);
    device->block_size = block_size;
    return 0;
}

uint64_t device_blocks(const struct device *device)
{
    return device->sectors / (device->block_size / STORAGE_SECTOR);
}

uint32_t device_block_size(const struct device *device)
{
    return device->block_size;
}

const char *device_name(const struct device *device)
{
    return device->name;
}

unsigned device_blocks_at_once(const struct device *device)
{
    return device->block_size == BLOCK_SIZE_MAX
               ? STORAGE_SECTORS_MAX * STORAGE_SECTOR / BLOCK_SIZE_MAX
               : 1;
}

int device_begin(struct device *device, const struct device_transfer *transfer)
{
    unsigned sectors = device->block_size / STORAGE_SECTOR;
    const struct storage_job job = {
        .operation = transfer->operation,
        .disk = device->disk,
        .sector = transfer->block * sectors,
        .sectors = transfer->blocks * sectors,
        .memory = transfer->memory,
        .finished = transfer->finished,
        .context = transfer->context,
    };

    if (transfer->block >= device_blocks(device) ||
        transfer->blocks > device_blocks(device) - transfer->block) {
        return EIO;
    }
    return storage_submit(&job);
}

static void flush_finished(void *context, int error)
{
    struct device *device = context;

    device->is_flushing = false;
    if (error != 0) {
        device->is_flushed = false;
        device->flush_failures++;
        device_fail(device, true);
    }
    worker_wake_all(&device->flush_waiting);
}

/** Waits until no flush is under way. */
static void wait_for_flush(struct device *device)
{
    while (device->is_flushing) {
        worker_sleep_surely(&device->flush_waiting);
    }
}

/* A flush that somebody else has begun may be for writes that were finished before it; so its end
 * is waited for even if nothing has been written since. If it fails, that is an error here, too: a
 * second flush that goes well says nothing of what the first one had to put on the medium. */
int device_flush(struct device *device)
{
    const struct storage_job job = {.operation = STORAGE_FLUSH,
                                    .disk = device->disk,
                                    .finished = flush_finished,
                                    .context = device};
    uint64_t failures = device->flush_failures;

    wait_for_flush(device);
    if (!device->is_flushed) {
        int error;

        device->is_flushing = true;
        device->is_flushed = true; /* what is written from now on is for the next one */
        error = storage_submit(&job);
        if (error != 0) {
            flush_finished(device, error);
        }
        wait_for_flush(device);
    }
    return device->flush_failures != failures ? EIO : 0;
}

void device_written(struct device *device)
{
    device->is_flushed = false;
}

void device_fail(struct device *device, bool is_lost)
{
    device->failures++;
    device->has_lost = device->has_lost || is_lost;
}

uint64_t device_failures(const struct device *device)
{
    return device->failures;
}

bool device_has_lost(const struct device *device)
{
    return device->has_lost;
}

void device_signalled(void)
{
    storage_signalled();
}
