/**
 * @file
 * The C library's own: the steps of starting a program.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "arguments.h"

#define SCRIPT_LINE_MAX 256u /**< bytes of a script's first line that count */

/** The file of the program that is to run: that which was asked for, or its interpreter. */
struct program {
    int descriptor; /**< open; -1: it is not */
    uint64_t size;  /**< bytes */
    const char *path;
    const char *prefix[3]; /**< arguments before the others: those of an interpreter */
    size_t prefix_count;
    char line[SCRIPT_LINE_MAX]; /**< a script's first line; path and prefix lead here */
};

bool program_open(struct program *program, const char *path);
void program_close(struct program *program);

bool image_make(const struct program *program, const struct argument_lists *lists, size_t *size);
void image_discard(void);
