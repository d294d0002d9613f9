/**
 * @file
 * What stage 05 has of its own below the suites: frames that are counted, and a pool of threads.
 */
#include "host/machine.h"
#include "lib/bitmap.h"
#include "mm/frame_uses.h"
#include "mm/frames.h"
#include "task/thread.h"

/* The linker hands the allocator's calls to these first (--wrap). */
enum error __real_frame_take_run(size_t count, size_t alignment, uint64_t *address);
enum error __wrap_frame_take_run(size_t count, size_t alignment, uint64_t *address);
enum error __real_frame_release_run(uint64_t address, size_t count);
enum error __wrap_frame_release_run(uint64_t address, size_t count);
uint64_t __real_frame_uses_take(void);
uint64_t __wrap_frame_uses_take(void);

/** Takes one frame, which may be touched from here on. */
uint64_t __wrap_frame_uses_take(void)
{
    uint64_t frame = __real_frame_uses_take();

    if (frame != 0) {
        host_memory_allow(frame, FRAME_SIZE, true);
    }
    return frame;
}

/** Takes frames, which may be touched from here on. */
enum error __wrap_frame_take_run(size_t count, size_t alignment, uint64_t *address)
{
    enum error error = __real_frame_take_run(count, alignment, address);

    if (error == ERROR_NONE && *address < host_memory_end()) {
        host_memory_allow(*address, count * FRAME_SIZE, true);
    }
    return error;
}

/** Gives frames back, which must not be touched any more. */
enum error __wrap_frame_release_run(uint64_t address, size_t count)
{
    enum error error = __real_frame_release_run(address, count);

    if (error == ERROR_NONE) {
        host_memory_allow(address, count * FRAME_SIZE, false);
    }
    return error;
}

static void poison_free_frames(void)
{
    for (size_t frame = 0; frame < frames.limit; frame++) {
        if (bitmap_test(frames.bitmap, frame)) {
            host_memory_allow(frame * FRAME_SIZE, FRAME_SIZE, false);
        }
    }
}

/** The init steps behind memory_init. */
void host_stage_memory(void)
{
    frames_init();
    poison_free_frames();
    frame_uses_init();
}

/** @return the idle thread */
struct thread *host_stage_idle(void)
{
    return thread_claim("idle");
}
