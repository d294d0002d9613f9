/**
 * @file
 * Exceptions, handed up from arch/: all the code there is belongs to the kernel, so an exception
 * means that the kernel is broken.
 */
#include <stdbool.h>

#include "arch/exception.h"
#include "arch/trap.h"
#include "debug/panic.h"

/* Whether an exception is being put into words: one that comes from there must not go round. */
static bool describing = false;

/**
 * Takes over after an exception, on the fault stack, with interrupts off.
 *
 * @param saved  the registers at the instruction at fault
 */
noreturn void fault_enter(struct context *saved)
{
    char text[EXCEPTION_TEXT_SIZE];

    if (describing) {
        panic("fault_enter: vector %lu while describing another exception", saved->vector);
    }
    describing = true;
    exception_describe(saved, text, sizeof(text));
    panic_at(saved, "%s", text);
}
