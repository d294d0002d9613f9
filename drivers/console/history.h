/**
 * @file
 * The lines that were read last.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define LINE_BYTES_MAX 1000u /**< longest line, in bytes, without its newline */
#define HISTORY_ENTRIES 32u  /**< lines that are kept */

/** A line that was read. */
struct history_entry {
    size_t length;
    char text[LINE_BYTES_MAX];
};

/** A ring of lines. All 0: none. */
struct history {
    struct history_entry entries[HISTORY_ENTRIES];
    size_t count; /**< lines that have ever been added; the last of them are kept */
};

void history_add(struct history *history, const char *text, size_t length);
const struct history_entry *history_find(const struct history *history, size_t age);
