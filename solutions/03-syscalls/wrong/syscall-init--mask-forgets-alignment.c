/*
 * exercise: syscall-init
 * test: syscall-flags
 * says: the program's AC
 * mistake: Clears the flags of the first PCs, and not AC, which came later: a program that
 *   sets it turns SMAP off in the kernel.
 */
void syscall_init(void)
{
    uint64_t kernel = KERNEL_CODE_SELECTOR;
    uint64_t user = SYSRET_SELECTOR_BASE | 3;

    msr_write(MSR_STAR, user << 48 | kernel << 32);
    msr_write(MSR_LSTAR, (uintptr_t)syscall_entry);
    msr_write(MSR_SFMASK, RFLAGS_TF | RFLAGS_IF | RFLAGS_DF | RFLAGS_IOPL | RFLAGS_NT);
    msr_write(MSR_EFER, msr_read(MSR_EFER) | EFER_SYSCALL);
}
