/**
 * @file
 * What stage 05 has of its own below the suites: frames that are counted, and a pool of threads.
 */
#include "host/machine.h"
#include "mm/frame_uses.h"
#include "mm/frames.h"
#include "task/thread.h"

/* The linker hands the allocator's calls to this first (--wrap). */
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

/** The init steps behind frames_init. */
void host_stage_memory(void)
{
    frame_uses_init();
}

/** @return the idle thread */
struct thread *host_stage_idle(void)
{
    return thread_claim("idle");
}
