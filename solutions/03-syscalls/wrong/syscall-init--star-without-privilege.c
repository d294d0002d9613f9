/*
 * exercise: syscall-init
 * test: syscall-init
 * says: STAR, bits 48 to 63, .* are wrong
 * mistake: Leaves the two privilege bits of the user's selectors 0. Some CPUs set them in
 *   SYSRET by themselves, and others do not: SS then has privilege 0.
 */
void syscall_init(void)
{
    uint64_t kernel = KERNEL_CODE_SELECTOR;
    uint64_t user = SYSRET_SELECTOR_BASE;

    msr_write(MSR_STAR, user << 48 | kernel << 32);
    msr_write(MSR_LSTAR, (uintptr_t)syscall_entry);
    msr_write(MSR_SFMASK, RFLAGS_TF | RFLAGS_IF | RFLAGS_DF | RFLAGS_IOPL | RFLAGS_NT | RFLAGS_AC);
    msr_write(MSR_EFER, msr_read(MSR_EFER) | EFER_SYSCALL);
}
