/**
 * @file
 * What the tests of the frame allocator share: the history that they write, and the state of memory
 * that they begin with. See frame_steps.c.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/bitmap.h"
#include "mm/frames.h"

#define GUEST_MOST_FRAMES 4096u /* 16 MB */

/** What a step did. */
enum guest_frames_kind {
    GUEST_PREPARED, /**< the test has changed the bitmap itself */
    GUEST_TAKE,
    GUEST_RELEASE,
};

/** Why a step is to be refused, or not. */
enum guest_frames_case {
    GUEST_ORDINARY,
    GUEST_ZERO_COUNT,
    GUEST_UNALIGNED,
    GUEST_TWICE,
    GUEST_HALF_FREE,
    GUEST_IMAGE,
    GUEST_LOW_MEMORY,
    GUEST_BITMAP,
    GUEST_HOLE,
    GUEST_INTO_HOLE,
    GUEST_OVER_HOLE,
    GUEST_PAST_END,
    GUEST_ACROSS_END,
    GUEST_OVERFLOW,
};

/** One step, and the allocator's state after it. */
struct guest_frames_step {
    enum guest_frames_kind kind;
    enum guest_frames_case why;
    bool finished;
    enum error error;
    uint64_t count, alignment, address;
    uint64_t free_count;
    uint64_t bitmap[GUEST_MOST_FRAMES / BITMAP_WORD_BITS];
};

/** Memory in the middle that is taken away from the allocator: frames first to end - 1. */
struct guest_frames_hole {
    size_t first, end;
};

extern struct guest_frames_hole guest_frames_hole;

void guest_frames_begin(void);
void guest_frames_take(size_t count, size_t alignment);
void guest_frames_release(enum guest_frames_case why, uint64_t address, size_t count);
void guest_frames_prepared(void);

bool guest_frame_is_owned(size_t frame);
bool guest_frame_is_used(size_t frame);
void guest_frames_mark_used(size_t first, size_t count);
void guest_frames_scatter(size_t limit, uint64_t longest_free, uint64_t longest_used);
