/**
 * @file
 * The kernel's console.
 */
#pragma once

#include <stddef.h>

#include "call.h"

/** Longest text of one console_write(), in bytes. */
#define CONSOLE_WRITE_MAX 1024

enum error console_write(const char *text, size_t length);
