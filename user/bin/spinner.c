/**
 * @file
 * Counts, and never asks the kernel for anything while it does: only the timer takes the CPU away
 * from it. The argument says how far to count.
 */
#include "program.h"

/** Counts. @return how far */
int64_t main(uint64_t argument)
{
    uint64_t count = 0;

    while (count < argument) {
        count++;
        __asm__ volatile("" : "+r"(count)); /* or the compiler knows the result without counting */
    }
    return (int64_t)count;
}
