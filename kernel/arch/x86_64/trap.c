/**
 * @file
 * From a saved context to the code that knows what to do about it.
 */
#include "arch/trap.h"

#include "arch/interrupt.h"
#include "arch/user.h"
#include "arch/x86_64/interrupt.h"

/**
 * Hands an interruption up. Called by trap_entry with interrupts off.
 *
 * @param saved  the interrupted code's registers, complete
 */
noreturn void trap_dispatch(struct context *saved)
{
    protection_forget_flags();
    if (saved->vector >= INTERRUPT_VECTOR) {
        irq_enter((unsigned)saved->vector - INTERRUPT_VECTOR, saved);
    }
    fault_enter(saved);
}
