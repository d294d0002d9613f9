/**
 * @file
 * The kernel's messages, and the log ring: the last of them, kept in memory.
 */
#pragma once

#include <stdarg.h>

#include "lib/types.h"

#define LOG_SIZE 16384u /* a power of two */

/** Everything that was printed, the newest LOG_SIZE bytes of it. Read by debuggers by this name. */
struct log_ring {
    uint64_t written; /**< bytes ever logged; byte n stands at text[n % LOG_SIZE] */
    char text[LOG_SIZE];
};

/** The one there is. */
extern struct log_ring log_ring;

void printk(const char *format, ...) __attribute__((format(printf, 1, 2)));
void printk_values(const char *format, va_list values);
