/*
 * exercise: syscall-init
 * test: syscall-init
 * says: SFMASK leaves
 * mistake: Takes SFMASK for the flags that are kept, as in a mask for AND. SYSCALL clears
 *   those that are set in it.
 */
void syscall_init(void)
{
    uint64_t kernel = KERNEL_CODE_SELECTOR;
    uint64_t user = SYSRET_SELECTOR_BASE | 3;

    msr_write(MSR_STAR, user << 48 | kernel << 32);
    msr_write(MSR_LSTAR, (uintptr_t)syscall_entry);
    msr_write(MSR_SFMASK, ~(uint32_t)(RFLAGS_TF | RFLAGS_IF | RFLAGS_DF | RFLAGS_NT | RFLAGS_AC));
    msr_write(MSR_EFER, msr_read(MSR_EFER) | EFER_SYSCALL);
}
