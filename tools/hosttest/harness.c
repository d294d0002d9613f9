/**
 * @file
 * Random numbers from a seed, and failures that tell the steps that led to them.
 */
#include "harness.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define TOLD_STEPS 12u
#define TEXT_SIZE 200

static uint64_t random_state;
static char told[TOLD_STEPS][TEXT_SIZE]; /* the last steps; step n is told at n % TOLD_STEPS */
static unsigned long steps_begun;

/** Starts the row of random numbers that belongs to a seed. */
void random_start(uint64_t seed)
{
    random_state = seed;
}

/** @return 64 random bits (SplitMix64) */
uint64_t random_next(void)
{
    uint64_t bits = random_state += 0x9E3779B97F4A7C15u;

    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9u;
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EBu;
    return bits ^ bits >> 31;
}

/** @return a number from 0 to limit - 1 */
uint64_t random_below(uint64_t limit)
{
    return random_next() % limit;
}

/** @return true in so many of a hundred cases */
bool random_chance(unsigned percent)
{
    return random_below(100) < percent;
}

/** @return what a hostile program would try: borders of all widths, and anything */
uint64_t random_wild(void)
{
    uint64_t border = (uint64_t)1 << random_below(64);

    switch (random_below(5)) {
    case 0:
        return border - 1;
    case 1:
        return border;
    case 2:
        return 0 - border;
    case 3:
        return UINT64_MAX - random_below(8);
    default:
        return random_next();
    }
}

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
