/**
 * @file
 * Puts the machine together: runs the steps of the init table, then hands over.
 */
#include "debug/panic.h"
#include "debug/printk.h"
#include "generated/version.h"
#include "init.h"

/** An init step: the first line that a person sees. */
void main_print_banner(void)
{
    printk("Booting MicroK v" MICROK_VERSION "...\n");
}

/**
 * Called by boot.asm in long mode, on the boot stack, with interrupts off.
 */
noreturn void kernel_main(void)
{
    for (unsigned i = 0; i < init_step_count; i++) {
        init_steps[i]();
    }
    init_start();
    panic("kernel_main: expected that the last step never returns; it did");
}
