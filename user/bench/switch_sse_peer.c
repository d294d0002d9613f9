/**
 * @file
 * The other one of two tasks that use SSE registers and yield to each other.
 */
#include "switch.h"

#include "program.h"

int64_t main(uint64_t argument)
{
    (void)argument;
    switch_with_sse(UINT64_MAX);
    return 0;
}
