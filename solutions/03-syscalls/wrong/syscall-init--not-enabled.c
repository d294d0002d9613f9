/*
 * exercise: syscall-init
 * test: syscall-flags
 * says: ended by an exception .*invalid opcode
 * mistake: Fills all registers and does not set EFER.SCE: SYSCALL stays an invalid opcode.
 */
void syscall_init(void)
{
    uint64_t kernel = KERNEL_CODE_SELECTOR;
    uint64_t user = SYSRET_SELECTOR_BASE | 3;

    msr_write(MSR_STAR, user << 48 | kernel << 32);
    msr_write(MSR_LSTAR, (uintptr_t)syscall_entry);
    msr_write(MSR_SFMASK, RFLAGS_TF | RFLAGS_IF | RFLAGS_DF | RFLAGS_IOPL | RFLAGS_NT | RFLAGS_AC);
    msr_write(MSR_EFER, msr_read(MSR_EFER));
}
