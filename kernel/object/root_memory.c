/**
 * @file
 * The memory that becomes untyped: all frames that the allocator still has. It has none afterwards.
 */
#include "object/root_memory.h"

#include "lib/bitmap.h"
#include "mm/frames.h"

/** The end of a run of frames that are all free, or all not. */
static size_t run_end(size_t first)
{
    size_t end = first;

    while (end < frames.limit &&
           bitmap_test(frames.bitmap, end) == bitmap_test(frames.bitmap, first)) {
        end++;
    }
    return end;
}

/** Puts a run among the others, the largest first. The smallest is dropped when there are too many:
 * its memory stays the kernel's. */
static void insert(struct root_info *info, struct root_memory run)
{
    uint64_t place = info->untyped_count;

    while (place > 0 && info->untyped[place - 1].bytes < run.bytes) {
        place--;
    }
    if (place == ROOT_UNTYPED_MAX) {
        return;
    }
    if (info->untyped_count < ROOT_UNTYPED_MAX) {
        info->untyped_count++;
    }
    for (uint64_t i = info->untyped_count - 1; i > place; i--) {
        info->untyped[i] = info->untyped[i - 1];
    }
    info->untyped[place] = run;
}

/**
 * Takes all free frames from the allocator.
 *
 * @param info  its untyped and untyped_count are set
 */
void root_memory_collect(struct root_info *info)
{
    for (size_t first = 0; first < frames.limit;) {
        size_t end = run_end(first);

        if (bitmap_test(frames.bitmap, first)) {
            insert(info, (struct root_memory){first * FRAME_SIZE, (end - first) * FRAME_SIZE});
        }
        first = end;
    }
    for (size_t i = 0; i < frames.limit; i++) {
        bitmap_clear(frames.bitmap, i);
    }
    frames.free_count = 0;
}
