/**
 * @file
 * Exceptions in the kernel itself: the kernel is broken.
 */
#include "debug/fault.h"

#include "arch/exception.h"
#include "debug/panic.h"

/* Whether an exception is being put into words: one that comes from there must not go round. */
static bool describing = false;

/**
 * Puts an exception into words and panics.
 *
 * @param saved  the registers at the instruction at fault
 */
noreturn void fault_panic(const struct context *saved)
{
    char text[EXCEPTION_TEXT_SIZE];

    if (describing) {
        panic("fault_panic: vector %lu while describing another exception", saved->vector);
    }
    describing = true;
    exception_describe(saved, text, sizeof(text));
    panic_at(saved, "%s", text);
}
