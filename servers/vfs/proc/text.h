/**
 * @file
 * Texts of /proc: made when a file is opened, read from then on.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEXT_PAGES 64u /**< longest text, in pages: what is longer is cut */

/** A text. */
struct text {
    size_t size;
    uint8_t *pages[TEXT_PAGES];
};

struct text *text_make(void);
void text_free(struct text *text);
void text_add(struct text *text, const char *from, size_t size);
void text_print(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
size_t text_read(const struct text *text, uint64_t offset, void *to, size_t size);
