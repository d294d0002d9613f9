/**
 * @file
 * The way out of the kernel, as far as it is in C.
 */
#include "arch/switch.h"

#include "arch/x86_64/gdt.h"

/**
 * Leaves the kernel: makes a context the current one, where the CPU saves the next interruption,
 * and goes on where it was interrupted or has called.
 *
 * @param context  the registers to go on with
 */
noreturn void context_resume(struct context *context)
{
    gdt_set_save_area(context);
    context_restore(context);
}
