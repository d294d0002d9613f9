/**
 * @file
 * Tests of frame_take_run(). See frame_steps.c.
 */
#include "frame_steps.h"
#include "guest.h"

#define BEYOND ((uint64_t)1 << 52) /* so many frames would take 2^64 bytes */

/* Read by the grader. */
uint64_t guest_frames_singles[GUEST_MOST_FRAMES + 1]; /* frames taken one by one, by address */
uint64_t guest_frames_single_count;

/** The first few do no harm to who believes them. @param choice  of the first so many */
static size_t bad_alignment(size_t choice)
{
    static const size_t bad[] = {3, 5, 6, 12, 24, 0, SIZE_MAX, SIZE_MAX / 2};

    return bad[guest_random_below(choice)];
}

static size_t huge_count(void)
{
    switch (guest_random_below(4)) {
    case 0:
        return SIZE_MAX - guest_random_below(4);
    case 1:
        return BEYOND + 1 + guest_random_below(8);
    case 2:
        return frames.limit + guest_random_below(4);
    default:
        return frames.free_count + 1 + guest_random_below(4);
    }
}

static void take_something(void)
{
    size_t alignment = (size_t)1 << guest_random_below(7);

    switch (guest_random_below(16)) {
    case 0:
        guest_frames_take(0, alignment);
        break;
    case 1:
        guest_frames_take(1 + guest_random_below(4), bad_alignment(8));
        break;
    case 2:
        guest_frames_take(huge_count(), guest_random_below(2) == 0 ? 1 : alignment);
        break;
    case 3:
        guest_frames_take(1 + guest_random_below(4), (size_t)1 << (20 + guest_random_below(44)));
        break;
    case 4:
        guest_frames_take(20 + guest_random_below(200), alignment);
        break;
    case 5:
    case 6:
    case 7:
        guest_frames_take(1, 1);
        break;
    default:
        guest_frames_take(1 + guest_random_below(20), guest_random_below(2) == 0 ? 1 : alignment);
    }
}

void guest_test_frames_take(void);
void guest_test_frames_take(void)
{
    guest_frames_begin();
    guest_frames_take(1 + guest_random_below(4), bad_alignment(5));
    for (unsigned i = 0; i < 40; i++) {
        take_something();
    }
    guest_frames_scatter(frames.limit - frames.limit / 4, 20, 6);
    guest_frames_prepared();
    for (unsigned i = 0; i < 160; i++) {
        take_something();
    }
    guest_checkpoint("done");
}

/** Takes every frame there is, one by one. */
static void take_singles(void)
{
    uint64_t address = 0;

    while (guest_frames_single_count <= GUEST_MOST_FRAMES &&
           frame_take_run(1, 1, &address) == ERROR_NONE) {
        guest_frames_singles[guest_frames_single_count++] = address;
    }
}

void guest_test_frames_exhaustion(void);
void guest_test_frames_exhaustion(void)
{
    guest_frames_begin();
    for (unsigned i = 0; i < 36; i++) {
        guest_frames_take(1 + guest_random_below(120), (size_t)1 << guest_random_below(5));
    }
    guest_checkpoint("singles");
    take_singles();
    guest_frames_prepared();
    guest_frames_take(1, 1);
    guest_frames_take(1 + guest_random_below(9), 1);
    guest_frames_take(1, (size_t)1 << guest_random_below(9));
    guest_checkpoint("done");
}
