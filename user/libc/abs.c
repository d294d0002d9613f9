/**
 * @file
 * Absolute values (ISO C11 7.22.6.1).
 */
#include <stdlib.h>

/** @return the number without its sign; undefined for INT_MIN */
int abs(int number)
{
    return number < 0 ? -number : number;
}

/** @return the number without its sign; undefined for LONG_MIN */
long labs(long number)
{
    return number < 0 ? -number : number;
}
