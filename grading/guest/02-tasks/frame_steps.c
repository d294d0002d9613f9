/**
 * @file
 * What the tests of the frame allocator share. Each writes down all that it asks for, what it is
 * answered, and the bitmap after that; the grader, which reads this from outside, keeps a bitmap of
 * its own. What the tests need in use, they mark as such themselves, so that taking and releasing
 * are apart.
 *
 * All of them want threads=0 and a machine of 16 MB.
 */
#include "frame_steps.h"

#include "guest.h"
#include "mm/memory.h"

#define MOST_STEPS 256u
#define MOST_WORDS (GUEST_MOST_FRAMES / BITMAP_WORD_BITS)

/* Read by the grader. */
struct guest_frames_step guest_frames_steps[MOST_STEPS];
uint64_t guest_frames_step_count;

struct guest_frames_hole guest_frames_hole;

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

/** Writes down that the test has changed the bitmap itself. */
void guest_frames_prepared(void)
{
    step_end(step_begin(GUEST_PREPARED, GUEST_ORDINARY, 0));
}

/** Calls frame_take_run() and writes down what came of it. */
void guest_frames_take(size_t count, size_t alignment)
{
    struct guest_frames_step *step = step_begin(GUEST_TAKE, GUEST_ORDINARY, count);

    step->alignment = alignment;
    step->error = frame_take_run(count, alignment, &step->address);
    step_end(step);
}

/** Calls frame_release_run() and writes down what came of it. @param why  what it should say */
void guest_frames_release(enum guest_frames_case why, uint64_t address, size_t count)
{
    struct guest_frames_step *step = step_begin(GUEST_RELEASE, why, count);

    step->address = address;
    step->error = frame_release_run(address, count);
    step_end(step);
}

/* --- the state before --- */

/** Ends memory where a word of the bitmap ends: else the zeros in the last word would stop a run
 * that goes over the end. */
static void end_with_a_whole_word(void)
{
    struct memory_range *last = &memory_free.ranges[memory_free.count - 1];
    size_t limit = frames.limit - frames.limit % BITMAP_WORD_BITS;

    for (size_t frame = limit; frame < frames.limit; frame++) {
        if (bitmap_test(frames.bitmap, frame)) {
            bitmap_clear(frames.bitmap, frame);
            frames.free_count--;
            frames.total--;
        }
    }
    frames.limit = limit;
    last->end = limit * FRAME_SIZE;
}

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

/** @return whether a frame is the allocator's, free or not */
bool guest_frame_is_owned(size_t frame)
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

/** @return whether a frame is the allocator's and handed out */
bool guest_frame_is_used(size_t frame)
{
    return guest_frame_is_owned(frame) && !is_free(frame);
}

/** Takes frames out of the bitmap, as if they had been handed out. */
void guest_frames_mark_used(size_t first, size_t count)
{
    for (size_t frame = first; frame < first + count; frame++) {
        if (is_free(frame)) {
            bitmap_clear(frames.bitmap, frame);
            frames.free_count--;
        }
    }
}

/** Takes some memory in the middle away from the allocator, as if a device used it. */
static void make_hole(void)
{
    struct memory_range *range = largest_range();
    size_t size = 3 + guest_random_below(30);
    size_t total = frames.free_count;

    guest_frames_hole.first =
        (range->start + range->end) / 2 / FRAME_SIZE + guest_random_below(100);
    guest_frames_hole.end = guest_frames_hole.first + size;
    guest_frames_mark_used(guest_frames_hole.first, size);
    frames.total -= total - frames.free_count;
    for (size_t i = memory_free.count++; &memory_free.ranges[i] != range; i--) {
        memory_free.ranges[i] = memory_free.ranges[i - 1];
    }
    range[0].end = guest_frames_hole.first * FRAME_SIZE;
    range[1].start = guest_frames_hole.end * FRAME_SIZE;
}

/** Marks runs here and there as in use, up to a frame. */
void guest_frames_scatter(size_t limit, uint64_t longest_free, uint64_t longest_used)
{
    for (size_t at = 0; at < limit;) {
        size_t used = 1 + guest_random_below(longest_used);

        at += guest_random_below(longest_free);
        guest_frames_mark_used(at, at + used < limit ? used : 0);
        at += used;
    }
}

/** What every test begins with: memory all free, with a hole in it, and nonsense right behind the
 * bitmap. */
void guest_frames_begin(void)
{
    end_with_a_whole_word();
    spoil_behind_bitmap();
    make_hole();
    guest_frames_prepared();
}
