/**
 * @file
 * Crossings with a current thread of the test's own.
 */
#include "room.h"

#include "arch/x86_64/gdt.h"
#include "guest.h"
#include "task/sched.h"

#define INVALID_OPCODE 6u
#define STACK_WORDS (sizeof(guest_user_stack) / sizeof(guest_user_stack[0]))
/* CF, PF, AF, ZF, SF and OF */
#define FLAGS_ARITHMETIC 0x8D5u
#define FLAGS_FIXED 2u

struct guest_thread_room guest_current_room;
uint64_t guest_user_stack[64] __attribute__((aligned(16)));

static bool expects_landing;

static void copy_stack(uint64_t *to)
{
    for (unsigned i = 0; i < STACK_WORDS; i++) {
        to[i] = guest_user_stack[i];
    }
}

/** A stack pointer as a program may have it: SYSCALL does not look at it. */
static uint64_t any_stack_pointer(void)
{
    switch (guest_random_below(5)) {
    case 0:
        return 0;
    case 1:
        return guest_random();
    case 2:
        return guest_random() >> 17; /* in the user's half */
    default:
        return (uintptr_t)guest_user_stack + 128 + guest_random_below(256);
    }
}

void guest_call_fill(struct guest_call_round *round)
{
    guest_fill(guest_user_stack, sizeof(guest_user_stack));
    guest_fill(&round->before, sizeof(round->before));
    guest_fill(&round->registers, sizeof(round->registers));
    guest_fill(&round->answer, sizeof(round->answer));
    round->registers.rsp = any_stack_pointer();
    round->registers.rflags = (guest_random() & FLAGS_ARITHMETIC) | FLAGS_FIXED;
}

static void cross(void *round)
{
    if (expects_landing) {
        guest_idt_set(INVALID_OPCODE, (uintptr_t)guest_landing_entry, IST_CONTEXT);
    }
    guest_cross(&((struct guest_call_round *)round)->registers);
}

void guest_call_cross(struct guest_call_round *round, bool landings)
{
    struct thread *current = sched.current;

    guest_forget_places();
    guest_answer = round->answer;
    guest_current_room = round->before;
    round->stack_start = (uintptr_t)guest_user_stack;
    copy_stack(round->stack_before);
    expects_landing = landings;
    sched.current = &guest_current_room.thread;
    round->begun = true;
    round->faulted = !guest_try(cross, round, &round->caught);
    sched.current = current;
    round->after = guest_current_room;
    copy_stack(round->stack_after);
    round->enter = guest_at_enter;
    round->exit = guest_at_exit;
    round->leave = guest_at_leave;
    round->landing = guest_at_landing;
    round->finished = true;
}
