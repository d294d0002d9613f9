/**
 * @file
 * The timer's interrupt: the kernel's only way to get the CPU back from a thread that never asks it
 * for anything.
 */
#include "task/sched.h"

#include "arch/interrupt.h"

/**
 * Takes over at a timer interrupt, on the kernel's stack, with interrupts off. `saved` is the
 * current thread's context.
 *
 * In this order: acknowledges the interrupt (interrupt_acknowledge(), line INTERRUPT_TIMER), or
 * there will never be another one; counts the tick in sched.ticks; wakes the sleepers that are due
 * at the new count; charges the tick to the current thread, one more in `ticks_used` and one less
 * in `quantum` while that is above 0; when its quantum is used up and another thread waits for its
 * turn (sched_is_contended()), ends its turn (sched_rotate()). Then leaves the kernel by
 * sched_leave(): this function never returns.
 *
 * @param saved  the interrupted thread's registers; they are in its control block already
 */
void timer_enter(struct context *saved)
{
    struct thread *current = sched.current;

    (void)saved;
    interrupt_acknowledge(INTERRUPT_TIMER);
    sched.ticks++;
    sleep_wake_due(sched.ticks);
    current->ticks_used++;
    if (current->quantum > 0) {
        current->quantum--;
    }
    if (current->quantum == 0 && sched_is_contended()) {
        sched_rotate();
    }
    sched_leave();
}
