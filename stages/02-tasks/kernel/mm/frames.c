/**
 * @file
 * The frame allocator: a bitmap over all physical memory, first fit.
 *
 * A frame is *free* (its bit is set), *in use* (handed out, its bit is clear) or *not ours* (not
 * inside memory_free: firmware, devices, the kernel's image, this bitmap; its bit is always clear).
 * Invariant: free_count is the number of set bits, and no bit outside memory_free is ever set.
 *
 * A bitmap costs one bit for 4 KB whatever the load, can find contiguous and aligned runs, and
 * notices when a frame is given back twice. A list of free frames threaded through the frames would
 * take and release in constant time and do none of that.
 *
 * Callers see to it that interrupts are off.
 */
#include "mm/frames.h"

#include "debug/panic.h"
#include "debug/printk.h"
#include "lib/bitmap.h"
#include "lib/string.h"
#include "mm/memory.h"

struct frame_allocator frames;

/** The end of memory_free, in frames. */
static size_t highest_frame(void)
{
    return memory_free.count == 0 ? 0 : memory_free.ranges[memory_free.count - 1].end / FRAME_SIZE;
}

/** Takes the bitmap's own memory out of the first range that is large enough. */
static void place_bitmap(void)
{
    size_t bytes = bitmap_words(frames.limit) * sizeof(uint64_t);

    for (size_t i = 0; i < memory_free.count; i++) {
        struct memory_range range = memory_free.ranges[i];

        if (range.end - range.start >= bytes) {
            frames.bitmap = paging_window(range.start);
            memset(frames.bitmap, 0, bytes);
            memory_map_remove(&memory_free, range.start, range.start + bytes);
            return;
        }
    }
    panic("frames_init: expected %zu bytes of free memory in one piece, found none", bytes);
}

static void mark_range_free(struct memory_range range)
{
    for (uint64_t at = range.start; at < range.end; at += FRAME_SIZE) {
        bitmap_set(frames.bitmap, at / FRAME_SIZE);
    }
    frames.free_count += (range.end - range.start) / FRAME_SIZE;
}

/**
 * Takes over everything that memory_init left free.
 */
void frames_init(void)
{
    frames.limit = highest_frame();
    if (frames.limit == 0) {
        panic("frames_init: expected free memory, found none: did the loader give a memory map?");
    }
    place_bitmap();
    for (size_t i = 0; i < memory_free.count; i++) {
        mark_range_free(memory_free.ranges[i]);
    }
    frames.total = frames.free_count;
    printk("[mm] %zu frames free\n", frames.free_count);
}

/**
 * Takes a run of frames that lie one behind the other: the lowest one that fits.
 *
 * @param count      frames in the run, at least 1
 * @param alignment  the first frame's number is a multiple of this; a power of two, at least 1
 * @param address    set to the physical address of the run
 * @return ERROR_NONE; ERROR_INVALID_ARGUMENT for a count of 0 or an alignment that is no power of
 *         two; ERROR_NO_MEMORY when no run is long enough. Refused, nothing has changed.
 */
enum error frame_take_run(size_t count, size_t alignment, uint64_t *address)
{
    size_t first = 0;
    size_t length = 0; /* frames first to first + length - 1 are free */

    if (count == 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    while (length < count) {
        if (first >= frames.limit || count > frames.limit - first) {
            return ERROR_NO_MEMORY;
        }
        if (bitmap_test(frames.bitmap, first + length)) {
            length++;
        } else {
            first = (first + length + alignment) & ~(alignment - 1);
            length = 0;
        }
    }
    for (size_t i = 0; i < count; i++) {
        bitmap_clear(frames.bitmap, first + i);
    }
    frames.free_count -= count;
    *address = first * FRAME_SIZE;
    return ERROR_NONE;
}

/**
 * Gives a run of frames back. It may be a part of a run that was taken, or span several.
 *
 * Checks first, all of it, and then acts: when one frame of the run cannot be released, none is.
 *
 * @param address  physical address of the first frame, a multiple of FRAME_SIZE
 * @param count    frames in the run, at least 1; any number a size_t can hold may be asked for
 * @return ERROR_NONE; ERROR_INVALID_ARGUMENT for a count of 0, an address that is no frame's, or
 *         frames that are not the allocator's (memory_map_holds() tells); else ERROR_NOT_ALLOCATED
 *         when a frame of the run is free already
 */
enum error frame_release_run(uint64_t address, size_t count)
{
    size_t first = address / FRAME_SIZE;

    if (count == 0 || address % FRAME_SIZE != 0 || first >= frames.limit ||
        count > frames.limit - first ||
        !memory_map_holds(&memory_free, address, address + count * FRAME_SIZE)) {
        return ERROR_INVALID_ARGUMENT;
    }
    for (size_t i = 0; i < count; i++) {
        if (bitmap_test(frames.bitmap, first + i)) {
            return ERROR_NOT_ALLOCATED;
        }
    }
    for (size_t i = 0; i < count; i++) {
        bitmap_set(frames.bitmap, first + i);
    }
    frames.free_count += count;
    return ERROR_NONE;
}
