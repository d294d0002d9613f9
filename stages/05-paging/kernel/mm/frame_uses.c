/**
 * @file
 * Frames for pages, which several pages may show: each frame's further uses are counted, and the
 * last one gives it back to the allocator.
 *
 * A frame that is not the allocator's (a boot module's) is never given back.
 */
#include "mm/frame_uses.h"

#include "debug/panic.h"
#include "lib/bitmap.h"
#include "lib/string.h"
#include "mm/frames.h"
#include "mm/memory.h"

/* For each frame that the allocator knows: its uses besides the first. */
static uint16_t *further_uses;

/**
 * An init step, after frames_init: makes the counters, all 0.
 */
void frame_uses_init(void)
{
    size_t bytes = frames.limit * sizeof(*further_uses);
    uint64_t address;
    enum error error = frame_take_run((bytes + FRAME_SIZE - 1) / FRAME_SIZE, 1, &address);

    if (error != ERROR_NONE) {
        panic("frame_uses_init: %zu bytes: %s", bytes, error_name(error));
    }
    further_uses = paging_window(address);
    memset(further_uses, 0, bytes);
}

/**
 * Takes one frame, wherever it is. The search goes on where the last one ended, 64 frames at a
 * step: a program may ask for many.
 *
 * @return its physical address; 0 when none is free
 */
uint64_t frame_uses_take(void)
{
    static size_t word = 0;
    size_t words = bitmap_words(frames.limit);
    size_t frame;

    if (frames.free_count == 0) {
        return 0;
    }
    while (frames.bitmap[word] == 0) {
        word = (word + 1) % words;
    }
    frame = word * BITMAP_WORD_BITS + (size_t)__builtin_ctzll(frames.bitmap[word]);
    bitmap_clear(frames.bitmap, frame);
    frames.free_count--;
    return frame * FRAME_SIZE;
}

static bool is_counted(uint64_t frame)
{
    return memory_map_holds(&memory_free, frame, frame + FRAME_SIZE);
}

/**
 * Adds a use.
 *
 * @param frame  physical address of a frame that is in use
 * @return false when there are too many already
 */
bool frame_uses_add(uint64_t frame)
{
    if (!is_counted(frame)) {
        return true;
    }
    if (further_uses[frame / FRAME_SIZE] == UINT16_MAX) {
        return false;
    }
    further_uses[frame / FRAME_SIZE]++;
    return true;
}

/** @return whether a frame is the allocator's, and has one use */
bool frame_uses_is_single(uint64_t frame)
{
    return is_counted(frame) && further_uses[frame / FRAME_SIZE] == 0;
}

/** Ends a use: the last one gives the frame back. */
void frame_uses_drop(uint64_t frame)
{
    if (!is_counted(frame)) {
        return;
    }
    if (further_uses[frame / FRAME_SIZE] > 0) {
        further_uses[frame / FRAME_SIZE]--;
    } else if (frame_release_run(frame, 1) != ERROR_NONE) {
        panic("frame_uses_drop: expected the frame %lx in use", frame);
    }
}
