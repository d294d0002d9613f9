/*
 * exercise: syscall-init
 * test: syscall-init
 * says: LSTAR is wrong
 * mistake: Cuts the entry point's address off to 32 bits, as wrmsr takes it in two halves: in
 *   the upper half of the address space it is another address.
 */
void syscall_init(void)
{
    uint64_t kernel = KERNEL_CODE_SELECTOR;
    uint64_t user = SYSRET_SELECTOR_BASE | 3;

    msr_write(MSR_STAR, user << 48 | kernel << 32);
    msr_write(MSR_LSTAR, (uint32_t)(uintptr_t)syscall_entry);
    msr_write(MSR_SFMASK, RFLAGS_TF | RFLAGS_IF | RFLAGS_DF | RFLAGS_IOPL | RFLAGS_NT | RFLAGS_AC);
    msr_write(MSR_EFER, msr_read(MSR_EFER) | EFER_SYSCALL);
}
