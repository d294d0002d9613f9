/**
 * @file
 * System calls that there are not, and one that there is.
 */
#include "guest_program.h"

#include "calls.h"

#define ROUNDS 60u

#define LARGER(number, NAME, name) size = number >= size ? number + 1 : size;

/** @return the first number behind all calls */
static uint64_t calls_end(void)
{
    uint64_t size = 0;

    CALL_LIST(LARGER)
    return size;
}

/** Just behind the last call; far behind; such as would be right if they were cut off. */
static uint64_t any_number(uint64_t end)
{
    switch (guest_random_below(5)) {
    case 0:
        return end + guest_random_below(3);
    case 1:
        return guest_random() << 32 | CALL_TASK_SELF;
    case 2:
        return (uint64_t)1 << 63 | CALL_TASK_SELF;
    case 3:
        return (uint64_t)1 << (8 + guest_random_below(55)) | CALL_TASK_SELF;
    default:
        return UINT64_MAX - guest_random_below(300);
    }
}

int64_t guest_main(uint64_t argument)
{
    uint64_t end = calls_end();

    (void)argument;
    for (unsigned i = 0; i < ROUNDS; i++) {
        uint64_t number = any_number(end);
        struct call_result none = raw_call(number, guest_random(), guest_random(), guest_random());

        guest_report_hex("number", number);
        guest_report("error", none.error);
        guest_report("value", none.value);
        guest_report("self", raw_call(CALL_TASK_SELF, guest_random(), guest_random(), 0).value);
    }
    guest_report("self-error", raw_call(CALL_TASK_SELF, 0, 0, 0).error);
    guest_checkpoint("done");
    return 0;
}
