/**
 * @file
 * Suite "frames": runs of frames are taken and given back. The model is a byte for each frame.
 */
#include <stddef.h>

#include "harness.h"
#include "host/machine.h"
#include "lib/bitmap.h"
#include "mm/frames.h"
#include "mm/memory.h"
#include "suites/suites.h"

#define MEMORY_BYTES (4u << 20)
#define FRAMES_MOST 1024u

/** What a frame is in the model. */
enum use { NOT_OURS, FREE, IN_USE };

static uint8_t model_frames[FRAMES_MOST];

static size_t count_frames(enum use use)
{
    size_t count = 0;

    for (size_t i = 0; i < FRAMES_MOST; i++) {
        count += model_frames[i] == use;
    }
    return count;
}

/** @return whether all frames of a run are used so */
static bool is_run(size_t first, size_t count, enum use use)
{
    if (first > FRAMES_MOST || count > FRAMES_MOST - first) {
        return false;
    }
    for (size_t i = first; i < first + count; i++) {
        if (model_frames[i] != use) {
            return false;
        }
    }
    return true;
}

static void mark(size_t first, size_t count, enum use use)
{
    for (size_t i = first; i < first + count; i++) {
        model_frames[i] = (uint8_t)use;
    }
}

static void learn(void)
{
    for (size_t i = 0; i < FRAMES_MOST; i++) {
        bool ours = memory_map_holds(&memory_free, i * FRAME_SIZE, (i + 1) * FRAME_SIZE);
        bool is_free = bitmap_test(frames.bitmap, i);

        model_frames[i] = (uint8_t)(is_free ? FREE : ours ? IN_USE : NOT_OURS);
        EXPECT(!is_free || ours, "the frame %zu is free, but not the allocator's", i);
    }
}

/** Fails where the bitmap is not as the model. */
static void compare(void)
{
    for (size_t i = 0; i < FRAMES_MOST; i++) {
        expect_equal(bitmap_test(frames.bitmap, i), model_frames[i] == FREE,
                     "whether the frame %zu is free", i);
    }
    expect_equal(frames.free_count, count_frames(FREE), "free_count");
}

static bool is_power_of_two(uint64_t number)
{
    return __builtin_popcountl(number) == 1;
}

static void take(void)
{
    size_t count = random_chance(95) ? random_below(20) : random_wild();
    size_t alignment = random_chance(80) ? (size_t)1 << random_below(6) : random_below(12);
    uint64_t address = 0;
    enum error error = ERROR_INVALID_ARGUMENT;
    size_t first = 0;

    step_begin("frame_take_run(%zu, %zu)", count, alignment);
    if (count != 0 && is_power_of_two(alignment)) {
        while (first < FRAMES_MOST && !is_run(first, count, FREE)) {
            first += alignment;
        }
        error = first < FRAMES_MOST ? ERROR_NONE : ERROR_NO_MEMORY;
    }
    expect_equal(frame_take_run(count, alignment, &address), error, "the result");
    if (error == ERROR_NONE) {
        expect_equal(address, first * FRAME_SIZE, "the run's address");
        mark(first, count, IN_USE);
    }
}

static void give(void)
{
    size_t first = random_below(FRAMES_MOST + 4);
    size_t count = random_chance(95) ? random_below(6) : random_wild();
    uint64_t address = first * FRAME_SIZE + (random_chance(3) ? 1 + random_below(4095) : 0);
    bool is_ours = count != 0 && address % FRAME_SIZE == 0 && count < FRAMES_MOST;
    enum error error = ERROR_NONE;

    step_begin("frame_release_run(%#lx, %zu)", address, count);
    for (size_t i = first; is_ours && i < first + count; i++) {
        is_ours = i < FRAMES_MOST && model_frames[i] != NOT_OURS;
    }
    if (!is_ours) {
        error = ERROR_INVALID_ARGUMENT;
    } else if (!is_run(first, count, IN_USE)) {
        error = ERROR_NOT_ALLOCATED;
    }
    expect_equal(frame_release_run(address, count), error, "the result");
    if (error == ERROR_NONE) {
        mark(first, count, FREE);
    }
}

/** Runs the suite. */
void frames_run(unsigned steps)
{
    host_memory_start(MEMORY_BYTES);
    learn();
    while (steps-- > 0) {
        if (random_chance(45)) {
            take();
        } else {
            give();
        }
        compare();
    }
}
