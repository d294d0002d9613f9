/**
 * @file
 * The context switch: two tasks that yield to each other, and what it costs when one of them uses
 * SSE registers.
 */
#include "switch.h"

#include "measure.h"
#include "program.h"

int64_t main(uint64_t argument)
{
    (void)argument;
    measure_start_peer("switch_peer");
    measure_run(&(struct measure){.name = "switch", .batch = switch_plain, .per_turn = 2});
    measure_run(
        &(struct measure){.name = "switch-sse-one", .batch = switch_with_sse, .per_turn = 2});
    return 0;
}
