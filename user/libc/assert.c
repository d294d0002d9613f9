/**
 * @file
 * What does not hold (ISO C11 7.2.1.1).
 */
#include <assert.h>
#include <stdio.h>

#include "fatal.h"

/**
 * Says which assertion does not hold, and aborts.
 *
 * @param condition  its text
 * @param file       where it stands
 * @param line       likewise
 * @param function   likewise
 */
_Noreturn void assert_failed(const char *condition, const char *file, int line,
                             const char *function)
{
    char text[256];

    snprintf(text, sizeof(text), "%s:%d: %s(): does not hold: %s\n", file, line, function,
             condition);
    fatal(text);
}
