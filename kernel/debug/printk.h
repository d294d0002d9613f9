/**
 * @file
 * The kernel's messages.
 */
#pragma once

#include <stdarg.h>

void printk(const char *format, ...) __attribute__((format(printf, 1, 2)));
void printk_values(const char *format, va_list values);
