/**
 * @file
 * A test of syscall_init(): the model-specific registers, before and after.
 */
#include "arch/x86_64/msr.h"
#include "between.h"
#include "guest.h"

#define EFER_SVME ((uint64_t)1 << 12) /* a bit that does no harm; QEMU's CPU has it */

/** What one call finds and leaves. */
struct guest_msrs {
    uint64_t efer, star, lstar, sfmask;
};

/* Read by the grader. */
struct guest_msrs guest_msrs_before, guest_msrs_after;
volatile bool guest_syscall_init_returned;

static struct guest_msrs read_all(void)
{
    return (struct guest_msrs){msr_read(MSR_EFER), msr_read(MSR_STAR), msr_read(MSR_LSTAR),
                               msr_read(MSR_SFMASK)};
}

void guest_test_syscall_init(void);
void guest_test_syscall_init(void)
{
    msr_write(MSR_STAR, guest_random());
    msr_write(MSR_LSTAR, guest_random() >> 17); /* a canonical address */
    msr_write(MSR_SFMASK, guest_random() & 0x3F7FD5);
    msr_write(MSR_EFER, msr_read(MSR_EFER) | EFER_SVME);
    guest_msrs_before = read_all();
    __real_syscall_init();
    guest_msrs_after = read_all();
    guest_syscall_init_returned = true;
    guest_checkpoint("done");
}
