/*
 * exercise: syscall-init
 * test: syscall-init
 * says: STAR, bits 48 to 63, .* are wrong
 * mistake: Puts the selector of the user's code segment into STAR, not knowing that SYSRET
 *   adds 16 to get CS and 8 to get SS.
 */
void syscall_init(void)
{
    uint64_t kernel = KERNEL_CODE_SELECTOR;
    uint64_t user = USER_CODE_SELECTOR | 3;

    msr_write(MSR_STAR, user << 48 | kernel << 32);
    msr_write(MSR_LSTAR, (uintptr_t)syscall_entry);
    msr_write(MSR_SFMASK, RFLAGS_TF | RFLAGS_IF | RFLAGS_DF | RFLAGS_IOPL | RFLAGS_NT | RFLAGS_AC);
    msr_write(MSR_EFER, msr_read(MSR_EFER) | EFER_SYSCALL);
}
