/**
 * @file
 * Interrupts. There are no drivers, and every line but the timer's is masked: what still comes is
 * spurious, and ignored.
 */
#include "arch/interrupt.h"
#include "task/sched.h"

/**
 * Takes over at an interrupt, on the kernel's stack, with interrupts off.
 *
 * @param line   that interrupts
 * @param saved  the interrupted thread's registers; they are in its control block already
 */
void irq_enter(unsigned line, struct context *saved)
{
    if (line == INTERRUPT_TIMER) {
        timer_enter(saved);
    } else {
        interrupt_acknowledge(line);
        sched_leave();
    }
}
