/**
 * @file
 * The fast path's beginning.
 */
#include "arch/x86_64/msr.h"

extern const char fastpath_entry[]; /* fastpath.asm */

/**
 * An init step, after syscall_init: lets SYSCALL enter the kernel by the fast path.
 */
void fastpath_init(void)
{
    msr_write(MSR_LSTAR, (uintptr_t)fastpath_entry);
}
