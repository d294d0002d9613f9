/**
 * @file
 * The other one of two tasks that yield to each other.
 */
#include "switch.h"

#include "program.h"

int64_t main(uint64_t argument)
{
    (void)argument;
    switch_plain(UINT64_MAX);
    return 0;
}
