/**
 * @file
 * A process: a program is started, runs, ends, and all that it had is taken back. The program does
 * nothing; but its first instruction and the first use of its stack are page faults.
 */
#include "first_task.h"
#include "measure.h"
#include "program.h"

static void start_and_join(uint64_t turns)
{
    static const char name[] = "process_peer";

    for (; turns > 0; turns--) {
        struct call_result process = task_start(name, sizeof(name) - 1, turns, SLOT_SYSTEM_NAMES);

        measure_require((enum error)process.error);
        process = task_join((task_id){process.value});
        measure_require((enum error)process.error);
        measure_require(process.value == turns ? ERROR_NONE : ERROR_BAD_PROGRAM);
    }
}

int64_t main(uint64_t argument)
{
    (void)argument;
    measure_run(&(struct measure){.name = "process", .batch = start_and_join, .per_turn = 1});
    return 0;
}
