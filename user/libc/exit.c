/**
 * @file
 * The end of a program (ISO C11 7.22.4).
 */
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "exit_status.h"
#include "streams.h"
#include "task.h"

static void (*functions[ATEXIT_MAX])(void);
static unsigned function_count;

/** Has a function called when the program ends by exit(). @return 0; -1: there is no room */
int atexit(void (*function)(void))
{
    if (function_count == ATEXIT_MAX) {
        return -1;
    }
    functions[function_count++] = function;
    return 0;
}

/**
 * Ends the program: calls the functions of atexit(), the last one first, and writes what streams
 * still have.
 *
 * @param status  its lowest eight bits are the exit status
 */
noreturn void exit(int status)
{
    while (function_count > 0) {
        functions[--function_count]();
    }
    streams_finish();
    _Exit(status);
}

/** Ends the program at once. @param status as with exit() */
noreturn void _Exit(int status)
{
    task_finish(status & 0xFF);
}

/** The same as _Exit() (IEEE 1003.1). */
noreturn void _exit(int status)
{
    _Exit(status);
}

/** Ends the program at once, as by SIGABRT. */
noreturn void abort(void)
{
    task_finish(EXIT_SIGNALLED + SIGABRT);
}
