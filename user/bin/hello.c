/**
 * @file
 * The smallest program: says a line and ends. Its argument comes from whoever started it, and its
 * exit status, twice that, goes back there.
 */
#include "print.h"
#include "program.h"
#include "task.h"

/** Says hello. */
int64_t main(uint64_t argument)
{
    print("[hello] hello from user space: task %lu, argument %lu\n", task_self().value, argument);
    return (int64_t)(2 * argument);
}
