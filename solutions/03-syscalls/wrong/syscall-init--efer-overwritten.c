/*
 * exercise: syscall-init
 * test: syscall-init
 * says: EFER: NXE
 * mistake: Writes EFER instead of adding a bit to it: LME and SCE are there, NXE is not, and
 *   bit 63 of a page-table entry is reserved from now on.
 */
void syscall_init(void)
{
    uint64_t kernel = KERNEL_CODE_SELECTOR;
    uint64_t user = SYSRET_SELECTOR_BASE | 3;

    msr_write(MSR_STAR, user << 48 | kernel << 32);
    msr_write(MSR_LSTAR, (uintptr_t)syscall_entry);
    msr_write(MSR_SFMASK, RFLAGS_TF | RFLAGS_IF | RFLAGS_DF | RFLAGS_IOPL | RFLAGS_NT | RFLAGS_AC);
    msr_write(MSR_EFER, EFER_SYSCALL | 1u << 8);
}
