/**
 * @file
 * Crossings, as far as they can be written in C.
 */
#include "crossing.h"

#include <stddef.h>

#include "guest.h"

#define FLAGS_FIXED (1u << 1) /* Intel SDM Vol. 1 figure 3-8 */

struct context guest_at_enter, guest_at_exit, guest_at_leave, guest_at_landing, guest_answer;

static uint64_t stack[GUEST_STACK_SIZE / sizeof(uint64_t)] __attribute__((aligned(16)));

void guest_cross_call(void (*function)(const void *argument), const void *argument)
{
    uint64_t *top = &stack[sizeof(stack) / sizeof(stack[0]) - 1];
    struct context registers = {
        .rip = (uintptr_t)function,
        .rdi = (uintptr_t)argument,
        .rsp = (uintptr_t)top,
        .rflags = FLAGS_FIXED,
    };

    *top = (uintptr_t)guest_came_back; /* a return address */
    guest_cross(&registers);
}

void guest_forget_places(void)
{
    guest_at_enter = guest_at_exit = guest_at_leave = guest_at_landing = (struct context){0};
}

void guest_fill(void *place, uint64_t size)
{
    uint64_t *words = place;

    for (size_t i = 0; i < size / sizeof(*words); i++) {
        words[i] = guest_random();
    }
}
