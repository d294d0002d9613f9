/**
 * @file
 * Starts culprits, one after the other, beside a bystander, and awaits their ends.
 */
#include "guest_program.h"

#include "calls.h"
#include "culprits.h"

#define ROUNDS 24u
#define BYSTANDER_ROUNDS 400u

int64_t guest_main(uint64_t argument)
{
    uint64_t bystander = start_program("bystander", BYSTANDER_ROUNDS).value;

    (void)argument;
    guest_checkpoint("before");
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct call_result culprit = start_program("culprit", guest_random_below(CRIMES));
        struct call_result joined = join_task(culprit.value);

        guest_report("start-error", culprit.error);
        guest_report("join-error", joined.error);
        guest_report_signed("status", (int64_t)joined.value);
    }
    guest_checkpoint("after");
    guest_report_hex("bystander", join_task(bystander).value);
    return 0;
}
