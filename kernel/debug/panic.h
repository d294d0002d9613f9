/**
 * @file
 * The kernel's end when it finds itself broken.
 */
#pragma once

#include "arch/context.h"

noreturn void panic(const char *format, ...) __attribute__((format(printf, 1, 2)));
noreturn void panic_exception(const struct context *saved);

/** Panics unless a condition holds that the kernel itself has to see to. */
#define ASSERT(condition) \
    do { \
        if (!(condition)) { \
            panic("%s: expected %s (%s:%d)", __func__, #condition, __FILE__, __LINE__); \
        } \
    } while (0)
