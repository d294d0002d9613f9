/**
 * @file
 * Interrupts of devices. There are no drivers, and every line but the timer's is masked: what still
 * comes is spurious, and ignored.
 */
#include "task/irq.h"

#include "arch/interrupt.h"
#include "task/sched.h"

/**
 * Takes every interrupt line.
 */
void irq_init(void)
{
    for (unsigned line = 0; line < INTERRUPT_LINES; line++) {
        interrupt_set_handler(line, irq_enter);
    }
}

/**
 * Takes over at an interrupt that nobody waits for, on the kernel's stack, with interrupts off.
 *
 * @param saved  the interrupted thread's registers; they are in its control block already
 */
void irq_enter(struct context *saved)
{
    interrupt_acknowledge(interrupt_line(saved));
    sched_leave();
}
