/**
 * @file
 * Tests of the frame allocator. Each writes down all that it asks for, what it is answered, and the
 * bitmap after that; the grader, which reads this from outside, keeps a bitmap of its own. What the
 * tests need in use, they mark as such themselves, so that taking and releasing are apart.
 *
 * All of them want threads=0 and a machine of 16 MB.
 */
#include "mm/frames.h"

#include "between.h"
#include "guest.h"
#include "lib/bitmap.h"
#include "mm/memory.h"

#define MOST_FRAMES 4096u
#define MOST_WORDS (MOST_FRAMES / BITMAP_WORD_BITS)
#define MOST_STEPS 256u
#define LOW_FRAMES 256u            /* the first megabyte */
#define BEYOND ((uint64_t)1 << 52) /* so many frames would take 2^64 bytes */

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
    uint64_t bitmap[MOST_WORDS];
};

/* Read by the grader. */
struct guest_frames_step guest_frames_steps[MOST_STEPS];
uint64_t guest_frames_step_count;
uint64_t guest_frames_singles[MOST_FRAMES + 1]; /* frames taken one by one, by address */
uint64_t guest_frames_single_count;

/** Memory in the middle that is taken away from the allocator: frames first to end - 1. */
static struct {
    size_t first, end;
} hole;

/* --- steps --- */

static struct guest_frames_step *step_begin(enum guest_frames_kind kind, enum guest_frames_case why,
                                            uint64_t count)
{
    struct guest_frames_step *step = &guest_frames_steps[guest_frames_step_count];

    if (guest_frames_step_count == MOST_STEPS) {
        guest_end();
    }
    guest_frames_step_count++;
    *step = (struct guest_frames_step){.kind = kind, .why = why, .count = count};
    return step;
}

static void step_end(struct guest_frames_step *step)
{
    step->free_count = frames.free_count;
    for (size_t i = 0; i < bitmap_words(frames.limit) && i < MOST_WORDS; i++) {
        step->bitmap[i] = frames.bitmap[i];
    }
    step->finished = true;
}

static void prepared(void)
{
    step_end(step_begin(GUEST_PREPARED, GUEST_ORDINARY, 0));
}

static void take(size_t count, size_t alignment)
{
    struct guest_frames_step *step = step_begin(GUEST_TAKE, GUEST_ORDINARY, count);

    step->alignment = alignment;
    step->error = frame_take_run(count, alignment, &step->address);
    step_end(step);
}

static void release(enum guest_frames_case why, uint64_t address, size_t count)
{
    struct guest_frames_step *step = step_begin(GUEST_RELEASE, why, count);

    step->address = address;
    step->error = frame_release_run(address, count);
    step_end(step);
}

/* --- the state before --- */

/** Ones behind the bitmap, on its last page: they are not the bitmap's, whoever reads on. */
static void spoil_behind_bitmap(void)
{
    size_t words_of_page = PAGE_SIZE / sizeof(uint64_t);

    for (size_t i = bitmap_words(frames.limit); i % words_of_page != 0; i++) {
        frames.bitmap[i] = UINT64_MAX;
    }
}

/** The largest range of free memory. */
static struct memory_range *largest_range(void)
{
    struct memory_range *largest = &memory_free.ranges[0];

    for (size_t i = 1; i < memory_free.count; i++) {
        struct memory_range *range = &memory_free.ranges[i];

        if (range->end - range->start > largest->end - largest->start) {
            largest = range;
        }
    }
    return largest;
}

static bool is_owned(size_t frame)
{
    for (size_t i = 0; i < memory_free.count; i++) {
        if (frame >= memory_free.ranges[i].start / FRAME_SIZE &&
            frame < memory_free.ranges[i].end / FRAME_SIZE) {
            return true;
        }
    }
    return false;
}

static bool is_free(size_t frame)
{
    return frame < frames.limit && bitmap_test(frames.bitmap, frame);
}

static bool is_used(size_t frame)
{
    return is_owned(frame) && !is_free(frame);
}

/** Takes frames out of the bitmap, as if they had been handed out. */
static void mark_used(size_t first, size_t count)
{
    for (size_t frame = first; frame < first + count; frame++) {
        if (is_free(frame)) {
            bitmap_clear(frames.bitmap, frame);
            frames.free_count--;
        }
    }
}

/** Takes some memory in the middle away from the allocator, as if a device had its registers
 * there. */
static void make_hole(void)
{
    struct memory_range *range = largest_range();
    size_t size = 3 + guest_random_below(30);
    size_t total = frames.free_count;

    hole.first = (range->start + range->end) / 2 / FRAME_SIZE + guest_random_below(100);
    hole.end = hole.first + size;
    mark_used(hole.first, size);
    frames.total -= total - frames.free_count;
    for (size_t i = memory_free.count++; &memory_free.ranges[i] != range; i--) {
        memory_free.ranges[i] = memory_free.ranges[i - 1];
    }
    range[0].end = hole.first * FRAME_SIZE;
    range[1].start = hole.end * FRAME_SIZE;
}

/** Marks runs here and there as in use, up to a frame. */
static void scatter(size_t limit, uint64_t longest_free, uint64_t longest_used)
{
    for (size_t at = 0; at < limit;) {
        size_t used = 1 + guest_random_below(longest_used);

        at += guest_random_below(longest_free);
        mark_used(at, at + used < limit ? used : 0);
        at += used;
    }
}

static void begin(void)
{
    spoil_behind_bitmap();
    make_hole();
    prepared();
}

/* --- frame_take_run --- */

static size_t bad_alignment(void)
{
    static const size_t bad[] = {0, 3, 5, 6, 12, 24, SIZE_MAX, SIZE_MAX / 2};

    return bad[guest_random_below(sizeof(bad) / sizeof(bad[0]))];
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
        take(0, alignment);
        break;
    case 1:
        take(1 + guest_random_below(4), bad_alignment());
        break;
    case 2:
        take(huge_count(), guest_random_below(2) == 0 ? 1 : alignment);
        break;
    case 3:
        take(1 + guest_random_below(4), (size_t)1 << (20 + guest_random_below(44)));
        break;
    case 4:
        take(20 + guest_random_below(200), alignment);
        break;
    case 5:
    case 6:
    case 7:
        take(1, 1);
        break;
    default:
        take(1 + guest_random_below(20), guest_random_below(2) == 0 ? 1 : alignment);
    }
}

void guest_test_frames_take(void);
void guest_test_frames_take(void)
{
    begin();
    for (unsigned i = 0; i < 40; i++) {
        take_something();
    }
    scatter(frames.limit - frames.limit / 4, 20, 6);
    prepared();
    for (unsigned i = 0; i < 160; i++) {
        take_something();
    }
    guest_checkpoint("done");
}

/** Takes every frame there is, one by one. */
static void take_singles(void)
{
    uint64_t address = 0;

    while (guest_frames_single_count <= MOST_FRAMES &&
           frame_take_run(1, 1, &address) == ERROR_NONE) {
        guest_frames_singles[guest_frames_single_count++] = address;
    }
}

void guest_test_frames_exhaustion(void);
void guest_test_frames_exhaustion(void)
{
    begin();
    for (unsigned i = 0; i < 36; i++) {
        take(1 + guest_random_below(120), (size_t)1 << guest_random_below(5));
    }
    guest_checkpoint("singles");
    take_singles();
    prepared();
    take(1, 1);
    take(1 + guest_random_below(9), 1);
    take(1, (size_t)1 << guest_random_below(9));
    guest_checkpoint("done");
}

/* --- frame_release_run --- */

/** A run of frames in use, at most so long, that begins at a random one. */
static size_t random_used_run(size_t longest, size_t *first)
{
    size_t length = 1;

    do {
        *first = guest_random_below(frames.limit);
    } while (!is_used(*first));
    while (length < longest && is_used(*first + length)) {
        length++;
    }
    return length;
}

static void release_something(void)
{
    size_t first;
    size_t length = random_used_run(1 + guest_random_below(16), &first);

    release(GUEST_ORDINARY, first * FRAME_SIZE, length);
}

void guest_test_frames_release(void);
void guest_test_frames_release(void)
{
    begin();
    for (unsigned round = 0; round < 8; round++) {
        scatter(frames.limit, 8, 40);
        /* The last frame of all and those beside the hole are often the ones forgotten. */
        mark_used(frames.limit - 5, 5);
        mark_used(hole.first - 5, 5);
        mark_used(hole.end, 5);
        prepared();
        release(GUEST_ORDINARY, (frames.limit - 1) * FRAME_SIZE, 1);
        release(GUEST_ORDINARY, (hole.first - 2) * FRAME_SIZE, 2);
        release(GUEST_ORDINARY, hole.end * FRAME_SIZE, 1 + guest_random_below(5));
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
    release(GUEST_ZERO_COUNT, first * FRAME_SIZE, 0);
}

static void refuse_unaligned(void)
{
    size_t first;
    size_t length = random_used_run(2, &first);
    uint64_t offset = guest_random_below(2) == 0 ? 1 + guest_random_below(FRAME_SIZE - 1)
                                                 : (uint64_t)8 << guest_random_below(9);

    release(GUEST_UNALIGNED, first * FRAME_SIZE + offset, length > 1 ? length - 1 : 1);
}

static void refuse_twice(void)
{
    size_t first;
    size_t length = random_used_run(1 + guest_random_below(4), &first);

    release(GUEST_ORDINARY, first * FRAME_SIZE, length);
    release(GUEST_TWICE, first * FRAME_SIZE, length);
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
            fits = fits && is_owned(first + i);
        }
    } while (!fits);
    mark_used(first, length);
    bitmap_set(frames.bitmap, first + free_one);
    frames.free_count++;
    prepared();
    release(GUEST_HALF_FREE, first * FRAME_SIZE, length);
}

static void refuse_image(void)
{
    struct memory_range image = paging_image();
    size_t count = (image.end - image.start) / FRAME_SIZE;

    release(GUEST_IMAGE, image.start + guest_random_below(count - 3) * FRAME_SIZE,
            1 + guest_random_below(3));
}

static void refuse_low_memory(void)
{
    release(GUEST_LOW_MEMORY, guest_random_below(LOW_FRAMES - 3) * FRAME_SIZE,
            1 + guest_random_below(3));
}

static void refuse_bitmap(void)
{
    uint64_t address = (uintptr_t)frames.bitmap - (uintptr_t)paging_window(0);

    release(GUEST_BITMAP, address, 1);
}

static void refuse_hole(void)
{
    size_t size = hole.end - hole.first;
    size_t first = guest_random_below(size);

    release(GUEST_HOLE, (hole.first + first) * FRAME_SIZE, 1 + guest_random_below(size - first));
}

static void mark_around_hole(size_t before, size_t behind)
{
    mark_used(hole.first - before, before);
    mark_used(hole.end, behind);
    prepared();
}

static void refuse_into_hole(void)
{
    size_t before = 1 + guest_random_below(5);

    mark_around_hole(before, 0);
    release(GUEST_INTO_HOLE, (hole.first - before) * FRAME_SIZE, before + 1);
}

static void refuse_over_hole(void)
{
    size_t before = 1 + guest_random_below(5);
    size_t behind = 1 + guest_random_below(5);

    mark_around_hole(before, behind);
    release(GUEST_OVER_HOLE, (hole.first - before) * FRAME_SIZE,
            before + (hole.end - hole.first) + behind);
}

static void refuse_past_end(void)
{
    switch (guest_random_below(4)) {
    case 0:
        release(GUEST_PAST_END, frames.limit * FRAME_SIZE, 1);
        break;
    case 1:
        release(GUEST_PAST_END, (frames.limit + 1 + guest_random_below(500)) * FRAME_SIZE, 1);
        break;
    case 2:
        release(GUEST_PAST_END, (uint64_t)FRAME_SIZE << (24 + guest_random_below(24)), 1);
        break;
    default:
        release(GUEST_PAST_END, -(uint64_t)FRAME_SIZE * (1 + guest_random_below(4)), 1);
    }
}

static void refuse_across_end(void)
{
    size_t before = 1 + guest_random_below(5);

    mark_used(frames.limit - before, before);
    prepared();
    release(GUEST_ACROSS_END, (frames.limit - before) * FRAME_SIZE,
            before + 1 + guest_random_below(3));
}

/** Counts with which address + count * FRAME_SIZE does not fit 64 bits. */
static void refuse_overflow(void)
{
    size_t first;
    size_t length = random_used_run(3, &first);

    mark_used(first, frames.limit - first); /* so that nothing else is wrong with the run */
    prepared();
    switch (guest_random_below(3)) {
    case 0:
        release(GUEST_OVERFLOW, first * FRAME_SIZE, BEYOND + length);
        break;
    case 1:
        release(GUEST_OVERFLOW, first * FRAME_SIZE, BEYOND - first);
        break;
    default:
        release(GUEST_OVERFLOW, first * FRAME_SIZE, SIZE_MAX - guest_random_below(2) * first);
    }
}

void guest_test_frames_refusals(void);
void guest_test_frames_refusals(void)
{
    static void (*const cases[])(void) = {
        refuse_zero_count, refuse_unaligned,  refuse_twice,    refuse_half_free, refuse_image,
        refuse_low_memory, refuse_bitmap,     refuse_hole,     refuse_into_hole, refuse_over_hole,
        refuse_past_end,   refuse_across_end, refuse_overflow,
    };
    const size_t case_count = sizeof(cases) / sizeof(cases[0]);

    begin();
    scatter(frames.limit, 8, 12);
    prepared();
    for (unsigned i = 0; i < 6 * case_count; i++) {
        cases[i % case_count]();
    }
    guest_checkpoint("done");
}
