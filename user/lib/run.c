/**
 * @file
 * Running programs, for programs that run others.
 */
#include "run.h"

#include "print.h"
#include "string.h"

/**
 * Starts a program; says so when it cannot be started.
 *
 * @param name      the program's
 * @param argument  for its main()
 * @param given     the slot that the new task gets a copy of
 * @return the new task, or one that nobody can join
 */
task_id run_start(const char *name, uint64_t argument, slot given)
{
    struct call_result started = task_start(name, strlen(name), argument, given);

    if (started.error != ERROR_NONE) {
        print("%s cannot be started: %s\n", name, error_name((enum error)started.error));
        return (task_id){UINT64_MAX};
    }
    return (task_id){started.value};
}

/**
 * Runs programs at the same time, until all have ended.
 *
 * @param parts  the programs
 * @param count  how many
 * @param given  as in run_start()
 * @return the sum of what they end with; -1 in it for each that could not run
 */
int64_t run_together(struct run_part *parts, unsigned count, slot given)
{
    int64_t sum = 0;

    for (unsigned i = 0; i < count; i++) {
        parts[i].task = run_start(parts[i].name, parts[i].argument, given);
    }
    for (unsigned i = 0; i < count; i++) {
        struct call_result ended = task_join(parts[i].task);

        sum += ended.error == ERROR_NONE ? (int64_t)ended.value : -1;
    }
    return sum;
}
