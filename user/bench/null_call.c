/**
 * @file
 * The null call: into the kernel and back, for an answer that is at hand.
 */
#include "measure.h"
#include "program.h"

static void null_call(uint64_t turns)
{
    for (; turns > 0; turns--) {
        task_self();
    }
}

int64_t main(uint64_t argument)
{
    (void)argument;
    measure_run(&(struct measure){"null-call", null_call, 1});
    return 0;
}
