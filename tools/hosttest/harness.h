/**
 * @file
 * What all suites share: how a step that went wrong is told, and random numbers.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdnoreturn.h>

#include "random.h"

/** Random operations on a part of the kernel, each compared with a model of it. */
struct suite {
    const char *name;
    void (*run)(unsigned steps);
    unsigned steps; /**< of a run that nobody has given a number for */
};

/** Ends with an entry without a name. */
extern const struct suite suites[];

void step_begin(const char *format, ...) __attribute__((format(printf, 1, 2)));
noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
void expect_equal(uint64_t got, uint64_t expected, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Fails with what was expected, in words, unless a condition holds. */
#define EXPECT(condition, ...) \
    do { \
        if (!(condition)) { \
            fail(__VA_ARGS__); \
        } \
    } while (0)
