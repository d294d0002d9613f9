/**
 * @file
 * How the CPU is told about system calls (Intel SDM Vol. 3A 5.8.8).
 */
#include "arch/x86_64/gdt.h"
#include "arch/x86_64/msr.h"
#include "arch/x86_64/rflags.h"

extern const char syscall_entry[]; /* syscall_entry.asm */

/**
 * An init step: makes SYSCALL an instruction that enters the kernel at syscall_entry.
 *
 * - STAR, bits 32 to 47: SYSCALL loads CS from there, and SS with the same plus 8: the kernel's.
 *   Bits 48 to 63: SYSRET loads SS with this plus 8, and CS with this plus 16, so that it has to be
 *   SYSRET_SELECTOR_BASE, with privilege 3 in its two lowest bits. The lower half is 0.
 * - LSTAR: the entry point.
 * - SFMASK: the bits of RFLAGS that SYSCALL clears. A program chooses its flags, so these must not
 *   get into the kernel: TF, IF, DF, IOPL, NT, AC.
 * - EFER: EFER_SYSCALL is set; its other bits stay.
 *
 * Source: Intel SDM Vol. 2B, SYSCALL and SYSRET.
 */
void syscall_init(void)
{
    uint64_t kernel = KERNEL_CODE_SELECTOR;
    uint64_t user = SYSRET_SELECTOR_BASE | 3;

    msr_write(MSR_STAR, user << 48 | kernel << 32);
    msr_write(MSR_LSTAR, (uintptr_t)syscall_entry);
    msr_write(MSR_SFMASK, RFLAGS_TF | RFLAGS_IF | RFLAGS_DF | RFLAGS_IOPL | RFLAGS_NT | RFLAGS_AC);
    msr_write(MSR_EFER, msr_read(MSR_EFER) | EFER_SYSCALL);
}
