/**
 * @file
 * Between the parts of the kernel. The file link.options has the linker send the calls of two
 * exercises from other files here (ld's --wrap), so that each exercise can be tested although the
 * others are not written yet.
 */
#include "between.h"

#include "ipc/message.h"
#include "task/sched.h"
#include "world.h"

bool guest_own_parts;

/* The names are the linker's: a call of x goes to __wrap_x, and __real_x is x. */
void __real_wait_finish(struct thread *thread);
void __real_timeout_start(struct thread *thread, uint64_t milliseconds);

void __wrap_wait_finish(struct thread *thread);
void __wrap_timeout_start(struct thread *thread, uint64_t milliseconds);

void __wrap_wait_finish(struct thread *thread)
{
    if (!guest_own_parts) {
        __real_wait_finish(thread);
        return;
    }
    queue_remove(thread);
    timeout_stop(thread);
    reply_forget(thread);
    sched_make_ready(thread);
}

void __wrap_timeout_start(struct thread *thread, uint64_t milliseconds)
{
    uint64_t first = sched.ticks + 1;

    if (!guest_own_parts) {
        __real_timeout_start(thread, milliseconds);
    } else if (milliseconds != TIMEOUT_INFINITE) {
        guest_put_deadline(thread,
                           milliseconds > UINT64_MAX - first ? UINT64_MAX : first + milliseconds);
    }
}
