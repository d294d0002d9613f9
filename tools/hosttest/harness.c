/**
 * @file
 * Failures that tell the steps that led to them.
 */
#include "harness.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define TOLD_STEPS 12u
#define TEXT_SIZE 200

static char told[TOLD_STEPS][TEXT_SIZE]; /* the last steps; step n is told at n % TOLD_STEPS */
static unsigned long steps_begun;

/** Says what is about to be done; a failure tells it. */
void step_begin(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    vsnprintf(told[steps_begun % TOLD_STEPS], TEXT_SIZE, format, values);
    va_end(values);
    steps_begun++;
}

static void tell_steps(void)
{
    unsigned long first = steps_begun > TOLD_STEPS ? steps_begun - TOLD_STEPS : 0;

    for (unsigned long step = first; step < steps_begun; step++) {
        fprintf(stderr, "  step %lu: %s\n", step + 1, told[step % TOLD_STEPS]);
    }
}

static noreturn void fail_with(const char *format, va_list values)
{
    fprintf(stderr, "step %lu: ", steps_begun);
    vfprintf(stderr, format, values);
    fprintf(stderr, "\nthe last steps:\n");
    tell_steps();
    exit(EXIT_FAILURE);
}

/** Ends the run: kernel and model disagree. */
noreturn void fail(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    fail_with(format, values);
}

/** Fails unless two numbers are equal; the format says whose they are. */
void expect_equal(uint64_t got, uint64_t expected, const char *format, ...)
{
    char what[TEXT_SIZE];
    va_list values;

    if (got == expected) {
        return;
    }
    va_start(values, format);
    vsnprintf(what, sizeof(what), format, values);
    va_end(values);
    fail("%s: expected %#lx, found %#lx", what, expected, got);
}
