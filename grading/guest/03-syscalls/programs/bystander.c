/**
 * @file
 * Works and yields, as long as its argument says; what it ends with only its numbers yield.
 */
#include "guest_program.h"

#include "calls.h"

int64_t guest_main(uint64_t argument)
{
    uint64_t sum = 0;

    for (uint64_t i = 0; i < argument; i++) {
        sum += guest_random();
        raw_call(CALL_TASK_YIELD, 0, 0, 0);
    }
    return (int64_t)sum;
}
