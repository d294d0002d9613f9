/**
 * @file
 * Tests of frame_release_run(). See frame_steps.c.
 */
#include "frame_steps.h"
#include "guest.h"

#define LOW_FRAMES 256u            /* the first megabyte */
#define BEYOND ((uint64_t)1 << 52) /* so many frames would take 2^64 bytes */

/** A run of frames in use, at most so long, that begins at a random one. */
static size_t random_used_run(size_t longest, size_t *first)
{
    size_t length = 1;

    do {
        *first = guest_random_below(frames.limit);
    } while (!guest_frame_is_used(*first));
    while (length < longest && guest_frame_is_used(*first + length)) {
        length++;
    }
    return length;
}

static void release_something(void)
{
    size_t first;
    size_t length = random_used_run(1 + guest_random_below(16), &first);

    guest_frames_release(GUEST_ORDINARY, first * FRAME_SIZE, length);
}

void guest_test_frames_release(void);
void guest_test_frames_release(void)
{
    guest_frames_begin();
    for (unsigned round = 0; round < 8; round++) {
        guest_frames_scatter(frames.limit, 8, 40);
        /* The last frame of all and those beside the hole are often the ones forgotten. */
        guest_frames_mark_used(frames.limit - 5, 5);
        guest_frames_mark_used(guest_frames_hole.first - 5, 5);
        guest_frames_mark_used(guest_frames_hole.end, 5);
        guest_frames_prepared();
        guest_frames_release(GUEST_ORDINARY, (frames.limit - 1) * FRAME_SIZE, 1);
        guest_frames_release(GUEST_ORDINARY, (guest_frames_hole.first - 2) * FRAME_SIZE, 2);
        guest_frames_release(GUEST_ORDINARY, guest_frames_hole.end * FRAME_SIZE,
                             1 + guest_random_below(5));
        for (unsigned i = 0; i < 20; i++) {
            release_something();
        }
    }
    guest_checkpoint("done");
}

/* Each of the following is asked for something that has to be refused. */

static void refuse_zero_count(void)
{
    size_t first;

    random_used_run(1, &first);
    guest_frames_release(GUEST_ZERO_COUNT, first * FRAME_SIZE, 0);
}

static void refuse_unaligned(void)
{
    size_t first;
    size_t length = random_used_run(2, &first);
    uint64_t offset = guest_random_below(2) == 0 ? 1 + guest_random_below(FRAME_SIZE - 1)
                                                 : (uint64_t)8 << guest_random_below(9);

    guest_frames_release(GUEST_UNALIGNED, first * FRAME_SIZE + offset, length > 1 ? length - 1 : 1);
}

static void refuse_twice(void)
{
    size_t first;
    size_t length = random_used_run(1 + guest_random_below(4), &first);

    guest_frames_release(GUEST_ORDINARY, first * FRAME_SIZE, length);
    guest_frames_release(GUEST_TWICE, first * FRAME_SIZE, length);
}

/** A run of which one frame, anywhere in it, is free. */
static void refuse_half_free(void)
{
    size_t length = 2 + guest_random_below(6);
    size_t free_one = guest_random_below(length);
    size_t first;
    bool fits;

    do {
        first = guest_random_below(frames.limit - length);
        fits = true;
        for (size_t i = 0; i < length; i++) {
            fits = fits && guest_frame_is_owned(first + i);
        }
    } while (!fits);
    guest_frames_mark_used(first, length);
    bitmap_set(frames.bitmap, first + free_one);
    frames.free_count++;
    guest_frames_prepared();
    guest_frames_release(GUEST_HALF_FREE, first * FRAME_SIZE, length);
}

static void refuse_image(void)
{
    struct memory_range image = paging_image();
    size_t count = (image.end - image.start) / FRAME_SIZE;

    guest_frames_release(GUEST_IMAGE, image.start + guest_random_below(count - 3) * FRAME_SIZE,
                         1 + guest_random_below(3));
}

static void refuse_low_memory(void)
{
    guest_frames_release(GUEST_LOW_MEMORY, guest_random_below(LOW_FRAMES - 3) * FRAME_SIZE,
                         1 + guest_random_below(3));
}

static void refuse_bitmap(void)
{
    uint64_t address = (uintptr_t)frames.bitmap - (uintptr_t)paging_window(0);

    guest_frames_release(GUEST_BITMAP, address, 1);
}

static void refuse_hole(void)
{
    size_t size = guest_frames_hole.end - guest_frames_hole.first;
    size_t first = guest_random_below(size);

    guest_frames_release(GUEST_HOLE, (guest_frames_hole.first + first) * FRAME_SIZE,
                         1 + guest_random_below(size - first));
}

static void mark_around_hole(size_t before, size_t behind)
{
    guest_frames_mark_used(guest_frames_hole.first - before, before);
    guest_frames_mark_used(guest_frames_hole.end, behind);
    guest_frames_prepared();
}

static void refuse_into_hole(void)
{
    size_t before = 1 + guest_random_below(5);

    mark_around_hole(before, 0);
    guest_frames_release(GUEST_INTO_HOLE, (guest_frames_hole.first - before) * FRAME_SIZE,
                         before + 1);
}

static void refuse_over_hole(void)
{
    size_t before = 1 + guest_random_below(5);
    size_t behind = 1 + guest_random_below(5);

    mark_around_hole(before, behind);
    guest_frames_release(GUEST_OVER_HOLE, (guest_frames_hole.first - before) * FRAME_SIZE,
                         before + (guest_frames_hole.end - guest_frames_hole.first) + behind);
}

static void refuse_past_end(void)
{
    switch (guest_random_below(4)) {
    case 0:
        guest_frames_release(GUEST_PAST_END, frames.limit * FRAME_SIZE, 1);
        break;
    case 1:
        guest_frames_release(GUEST_PAST_END,
                             (frames.limit + 1 + guest_random_below(500)) * FRAME_SIZE, 1);
        break;
    case 2:
        guest_frames_release(GUEST_PAST_END, (uint64_t)FRAME_SIZE << (24 + guest_random_below(24)),
                             1);
        break;
    default:
        guest_frames_release(GUEST_PAST_END, -(uint64_t)FRAME_SIZE * (1 + guest_random_below(4)),
                             1);
    }
}

static void refuse_across_end(void)
{
    size_t before = 1 + guest_random_below(5);

    guest_frames_mark_used(frames.limit - before, before);
    guest_frames_prepared();
    guest_frames_release(GUEST_ACROSS_END, (frames.limit - before) * FRAME_SIZE,
                         before + 1 + guest_random_below(3));
}

/** Counts with which address + count * FRAME_SIZE does not fit 64 bits. */
static void refuse_overflow(void)
{
    size_t first;
    size_t length = random_used_run(3, &first);

    guest_frames_mark_used(first,
                           frames.limit - first); /* so that nothing else is wrong with the run */
    guest_frames_prepared();
    switch (guest_random_below(3)) {
    case 0:
        guest_frames_release(GUEST_OVERFLOW, first * FRAME_SIZE, BEYOND + length);
        break;
    case 1:
        guest_frames_release(GUEST_OVERFLOW, first * FRAME_SIZE, BEYOND - first);
        break;
    default:
        guest_frames_release(GUEST_OVERFLOW, first * FRAME_SIZE,
                             SIZE_MAX - guest_random_below(2) * first);
    }
}

void guest_test_frames_refusals(void);
void guest_test_frames_refusals(void)
{
    static void (*const cases[])(void) = {
        refuse_zero_count, refuse_unaligned, refuse_twice,      refuse_half_free, refuse_image,
        refuse_low_memory, refuse_bitmap,    refuse_hole,       refuse_into_hole, refuse_over_hole,
        refuse_overflow,   refuse_past_end,  refuse_across_end,
    };
    const size_t case_count = sizeof(cases) / sizeof(cases[0]);

    guest_frames_begin();
    guest_frames_scatter(frames.limit, 8, 12);
    guest_frames_prepared();
    for (unsigned i = 0; i < 6 * case_count; i++) {
        cases[i % case_count]();
    }
    guest_checkpoint("done");
}
