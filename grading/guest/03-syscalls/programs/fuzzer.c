/**
 * @file
 * Asks the kernel for what it must not do, again and again: numbers, pointers and lengths that are
 * hostile. What it is answered goes into its exit status, which the grader knows beforehand.
 */
#include "guest_program.h"

#include "calls.h"

#define KERNEL_HALF 0xFFFF800000000000u
#define USER_END 0x00007FFFFFFFF000u

static const char text[2048] = "some text";

/** A pointer that leads to nothing that a program may read, whatever the length (from 1 on). */
static uint64_t bad_pointer(void)
{
    switch (guest_random_below(6)) {
    case 0:
        return guest_random_below(0x1000);
    case 1:
        return KERNEL_HALF | guest_random();
    case 2:
        return 0xFFFFFFFF80000000u + guest_random_below(0x400000);
    case 3:
        return UINT64_MAX - guest_random_below(64);
    case 4:
        return USER_END + guest_random_below(0x3000);
    default:
        return (guest_random() >> 20) + 0x100000000u;
    }
}

static uint64_t hostile_call(void)
{
    uint64_t kind = guest_random_below(8);
    uint64_t pointer = bad_pointer();
    uint64_t number = guest_random();

    switch (kind) {
    case 0:
        return raw_call(256 + number % 1000, pointer, pointer, number).error;
    case 1:
        return raw_call(number | (uint64_t)1 << 40, pointer, number, pointer).error;
    case 2:
        return raw_call(CALL_CONSOLE_WRITE, pointer, 1 + number % 1024, number).error;
    case 3:
        return raw_call(CALL_CONSOLE_WRITE, (uintptr_t)text, 1025 + (number >> 1), pointer).error;
    case 4:
        return raw_call(CALL_TASK_START, pointer, 1 + number % 15, number).error;
    case 5:
        return raw_call(CALL_TASK_START, (uintptr_t)text, number % 2 == 0 ? 0 : 16 + (number >> 1),
                        pointer)
            .error;
    case 6:
        return raw_call(CALL_TASK_JOIN, number | (uint64_t)1 << 50, pointer, number).error;
    default:
        return raw_call(CALL_TASK_JOIN, raw_call(CALL_TASK_SELF, 0, 0, 0).value, pointer, number)
            .error;
    }
}

int64_t guest_main(uint64_t argument)
{
    uint64_t sum = 0;

    for (uint64_t i = 0; i < argument; i++) {
        sum = sum * 31 + hostile_call();
    }
    return (int64_t)sum;
}
