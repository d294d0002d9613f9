/**
 * @file
 * Interrupts. There are no drivers, and every line but the timer's is masked: what still comes is
 * spurious, and ignored.
 */
#include "arch/interrupt.h"
#include "ipc/message.h"
#include "task/sched.h"

/**
 * Ends the wait of every thread whose deadline has come, in the order of the list: with
 * ERROR_TIMEOUT (wait_cancel()).
 *
 * @param now  the current tick; a deadline at it or before it has come
 */
static void timeout_expire(uint64_t now)
{
    while (timeout_first != NULL && timeout_first->deadline <= now) {
        wait_cancel(timeout_first, ERROR_TIMEOUT);
    }
}

/**
 * Takes over at an interrupt, on the kernel's stack, with interrupts off. Waits end at the tick
 * that timer_enter() is about to count.
 *
 * @param line   that interrupts
 * @param saved  the interrupted thread's registers; they are in its control block already
 */
void irq_enter(unsigned line, struct context *saved)
{
    if (line == INTERRUPT_TIMER) {
        timeout_expire(sched.ticks + 1);
        timer_enter(saved);
    } else {
        interrupt_acknowledge(line);
        sched_leave();
    }
}
