/**
 * @file
 * Tests of syscall_entry: what gets to syscall_enter(), what is saved, what gets to syscall_exit.
 */
#include "guest.h"
#include "room.h"

#define ROUNDS 24u

extern const char syscall_entry[];

/* Read by the grader. */
struct guest_call_round guest_entry_rounds[ROUNDS];

void guest_test_syscall_entry(void);
void guest_test_syscall_entry(void)
{
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct guest_call_round *round = &guest_entry_rounds[i];

        guest_call_fill(round);
        round->registers.rip = (uintptr_t)syscall_entry;
        round->before.thread.state = THREAD_RUNNING;
        guest_call_cross(round, false);
    }
    guest_checkpoint("done");
}
