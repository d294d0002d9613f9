/**
 * @file
 * Exceptions, handed up from arch/: all the code there is belongs to the kernel.
 */
#include "arch/trap.h"
#include "debug/panic.h"

/**
 * Takes over after an exception, on the fault stack, with interrupts off.
 *
 * @param saved  the registers at the instruction at fault
 */
noreturn void fault_enter(struct context *saved)
{
    panic_exception(saved);
}
