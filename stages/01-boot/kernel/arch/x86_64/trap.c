/**
 * @file
 * From a saved context to the code that knows what to do about it.
 */
#include "arch/trap.h"

#include "arch/x86_64/idt.h"

/* Written by trap_set_handler while the kernel is put together, read at every entry. */
static trap_handler handlers[IDT_VECTORS];

/**
 * Says who takes a vector. Without a handler it goes to fault_enter().
 *
 * @param vector   0 to 255
 * @param handler  never returns
 */
void trap_set_handler(unsigned vector, trap_handler handler)
{
    handlers[vector] = handler;
}

/**
 * Hands an interruption to the vector's handler. Called by trap_entry with interrupts off.
 *
 * @param saved  the interrupted code's registers, complete
 */
noreturn void trap_dispatch(struct context *saved)
{
    trap_handler handler = handlers[saved->vector];

    if (handler != NULL) {
        handler(saved);
    }
    fault_enter(saved);
}
