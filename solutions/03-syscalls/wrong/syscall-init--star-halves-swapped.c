/*
 * exercise: syscall-init
 * test: syscall-init
 * says: STAR, bits 32 to 47, .* are wrong
 * mistake: Has the two halves the wrong way round: the kernel's selector where SYSRET looks,
 *   the user's where SYSCALL looks.
 */
void syscall_init(void)
{
    uint64_t kernel = KERNEL_CODE_SELECTOR;
    uint64_t user = SYSRET_SELECTOR_BASE | 3;

    msr_write(MSR_STAR, kernel << 48 | user << 32);
    msr_write(MSR_LSTAR, (uintptr_t)syscall_entry);
    msr_write(MSR_SFMASK, RFLAGS_TF | RFLAGS_IF | RFLAGS_DF | RFLAGS_IOPL | RFLAGS_NT | RFLAGS_AC);
    msr_write(MSR_EFER, msr_read(MSR_EFER) | EFER_SYSCALL);
}
