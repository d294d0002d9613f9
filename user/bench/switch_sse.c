/**
 * @file
 * The context switch between two tasks that both use SSE registers.
 */
#include "switch.h"

#include "measure.h"
#include "program.h"

int64_t main(uint64_t argument)
{
    (void)argument;
    measure_start_peer("switch_sse_peer");
    measure_run(
        &(struct measure){.name = "switch-sse-both", .batch = switch_with_sse, .per_turn = 2});
    return 0;
}
