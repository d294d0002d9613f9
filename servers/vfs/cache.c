/**
 * @file
 * The block cache: which block is where.
 *
 * All buffers stand in one list, in the order of their last use; those that hold a block also in
 * the list of their hash. A buffer that holds no block has no device. A buffer that is referred to
 * or busy keeps its block. Between two sleeps nobody else runs, so what was found stays true until
 * then; behind each sleep it is looked at again.
 */
#include "vfs/cache_own.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "print.h"

#define HASHES 256u
#define PAGE 4096u

struct buffer cache_buffers[CACHE_BUFFERS];

static struct buffer *oldest, *newest;
static struct buffer *hashes[HASHES];

/** @return the first buffer of a hash */
static struct buffer **hash_of(const struct device *device, uint64_t block)
{
    return &hashes[(block ^ (uintptr_t)device / sizeof(uint64_t)) % HASHES];
}

/** Takes a buffer out of the order of use. */
static void leave_order(struct buffer *buffer)
{
    *(buffer->older != NULL ? &buffer->older->newer : &oldest) = buffer->newer;
    *(buffer->newer != NULL ? &buffer->newer->older : &newest) = buffer->older;
}

static void make_newest(struct buffer *buffer)
{
    buffer->older = newest;
    buffer->newer = NULL;
    *(newest != NULL ? &newest->newer : &oldest) = buffer;
    newest = buffer;
}

static void make_oldest(struct buffer *buffer)
{
    buffer->newer = oldest;
    buffer->older = NULL;
    *(oldest != NULL ? &oldest->older : &newest) = buffer;
    oldest = buffer;
}

/** Says that a buffer is used now. */
static void use(struct buffer *buffer)
{
    if (buffer != newest) {
        leave_order(buffer);
        make_newest(buffer);
    }
}

/** Gives each buffer its page, the first time. */
static void prepare(void)
{
    for (size_t i = newest == NULL ? 0 : CACHE_BUFFERS; i < CACHE_BUFFERS; i++) {
        cache_buffers[i].bytes = storage_memory() + i * PAGE;
        make_newest(&cache_buffers[i]);
    }
}

/** @return the buffer that holds a block; NULL: there is none */
struct buffer *cache_find(const struct device *device, uint64_t block)
{
    struct buffer *buffer = *hash_of(device, block);

    while (buffer != NULL && (buffer->device != device || buffer->block != block)) {
        buffer = buffer->next;
    }
    return buffer;
}

/** @return the buffer that has not been used for the longest time */
struct buffer *cache_oldest(void)
{
    prepare();
    return oldest;
}

/** Takes a buffer's block away. What it holds is lost. */
static void discard(struct buffer *buffer)
{
    struct buffer **link = hash_of(buffer->device, buffer->block);

    while (*link != buffer) {
        link = &(*link)->next;
    }
    *link = buffer->next;
    buffer->next = NULL;
    buffer->device = NULL;
    buffer->is_valid = buffer->is_changed = buffer->has_failed = buffer->goes_alone = false;
    leave_order(buffer);
    make_oldest(buffer);
}

/**
 * Makes a buffer a block's; it is not valid then.
 *
 * @param buffer  usable, not changed
 * @param device  of the block
 * @param block   in no buffer
 */
void cache_place(struct buffer *buffer, struct device *device, uint64_t block)
{
    struct buffer **first = hash_of(device, block);

    if (buffer->device != NULL) {
        discard(buffer);
    }
    buffer->device = device;
    buffer->block = block;
    buffer->next = *first;
    *first = buffer;
    use(buffer);
}

/** Makes a changed buffer one that is not. Sleeps. What could not be written twice is lost. */
static void clean(struct buffer *buffer)
{
    if (buffer->has_failed) {
        print("[vfs] %s: what block %lu should hold is lost.\n", device_name(buffer->device),
              buffer->block);
        device_fail(buffer->device, true);
        discard(buffer);
    } else {
        cache_write_oldest(buffer);
        cache_wait(buffer);
    }
}

/** Gets a block's buffer, and refers to it. It may be busy, or not valid. */
static int take(struct device *device, uint64_t block, struct buffer **taken)
{
    struct buffer *buffer = cache_find(device, block);
    int error = 0;

    while (error == 0 && buffer == NULL) {
        buffer = cache_choose(cache_oldest());
        if (buffer == NULL) {
            error = cache_wait_for_any();
        } else if (buffer->is_changed) {
            clean(buffer);
        } else {
            cache_place(buffer, device, block);
        }
        buffer = cache_find(device, block);
    }
    if (error == 0) {
        use(buffer);
        buffer->references++;
        *taken = buffer;
    }
    return error;
}

/** Sleeps while a buffer is read for the first time. */
static void wait_to_be_read(struct buffer *buffer)
{
    while (!buffer->is_valid && buffer->is_busy) {
        worker_sleep_surely(&buffer->waiting);
    }
}

/** Reads a buffer's block, unless it is there. What somebody else has begun to read may fail for a
 * block beside it: so it is tried by itself then. */
static int fill(struct buffer *buffer)
{
    wait_to_be_read(buffer);
    if (!buffer->is_valid) {
        cache_read(buffer, 1); /* if it fails, the buffer is not valid */
        wait_to_be_read(buffer);
    }
    return buffer->is_valid ? 0 : EIO;
}

int buffer_get(struct device *device, uint64_t block, struct buffer **buffer)
{
    struct buffer *taken;
    int error = take(device, block, &taken);

    if (error != 0) {
        return error;
    }
    error = fill(taken);
    if (error != 0) {
        buffer_put(taken);
        return error;
    }
    *buffer = taken;
    return 0;
}

int buffer_get_zeroed(struct device *device, uint64_t block, struct buffer **buffer)
{
    int error = take(device, block, buffer);

    if (error != 0) {
        return error;
    }
    wait_to_be_read(*buffer); /* what is read must not come later */
    memset((*buffer)->bytes, 0, device_block_size(device));
    (*buffer)->is_valid = true;
    buffer_changed(*buffer);
    return 0;
}

void buffer_changed(struct buffer *buffer)
{
    buffer->is_changed = true;
}

void buffer_put(struct buffer *buffer)
{
    buffer->references--;
}

void cache_drop(struct device *device, uint64_t block)
{
    struct buffer *buffer = cache_find(device, block);

    if (buffer != NULL) {
        buffer->is_changed = buffer->has_failed = buffer->goes_alone = false;
    }
}

void cache_forget(struct device *device)
{
    for (size_t i = 0; i < CACHE_BUFFERS; i++) {
        struct buffer *buffer = &cache_buffers[i];

        if (buffer->device == device) {
            cache_wait(buffer);
            discard(buffer);
        }
    }
}
