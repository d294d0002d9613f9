/*
 * exercise: syscall-init
 * test: syscall-flags
 * says: the kernel runs with the program's TF
 * mistake: Clears IF alone. A program that steps through itself steps through the kernel, too.
 */
void syscall_init(void)
{
    uint64_t kernel = KERNEL_CODE_SELECTOR;
    uint64_t user = SYSRET_SELECTOR_BASE | 3;

    msr_write(MSR_STAR, user << 48 | kernel << 32);
    msr_write(MSR_LSTAR, (uintptr_t)syscall_entry);
    msr_write(MSR_SFMASK, RFLAGS_IF);
    msr_write(MSR_EFER, msr_read(MSR_EFER) | EFER_SYSCALL);
}
