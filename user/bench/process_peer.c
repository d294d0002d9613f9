/**
 * @file
 * The program that does nothing.
 */
#include "program.h"

int64_t main(uint64_t argument)
{
    return (int64_t)argument;
}
