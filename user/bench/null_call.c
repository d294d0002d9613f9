/**
 * @file
 * The null call: into the kernel and back, for an answer that is at hand. There is no such
 * call; its number has a place in the table of calls, as those that do something have.
 */
#include "measure.h"
#include "program.h"

#define NO_CALL 7

static void null_call(uint64_t turns)
{
    for (; turns > 0; turns--) {
        call_kernel(NO_CALL, 0, 0, 0);
    }
}

int64_t main(uint64_t argument)
{
    (void)argument;
    measure_run(&(struct measure){.name = "null-call", .batch = null_call, .per_turn = 1});
    return 0;
}
