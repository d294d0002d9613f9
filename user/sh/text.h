/**
 * @file
 * Text that grows: bytes that are put together one behind the other.
 *
 * When memory runs out the text says so once and takes nothing more, so only whoever uses it in the
 * end has to look. All 0: empty, and without memory.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/** A text. There is room for a NUL behind `length` bytes. */
struct text {
    char *bytes;   /**< NULL: nothing was ever added */
    size_t length; /**< in bytes */
    size_t room;   /**< in bytes, of `bytes` */
    bool failed;   /**< memory ran out: something is missing */
};

void text_add_byte(struct text *text, char byte);
void text_add(struct text *text, const char *bytes, size_t length);
void text_add_string(struct text *text, const char *string);
void text_add_number(struct text *text, long number);
void text_add_quoted(struct text *text, const char *string);
const char *text_string(struct text *text);
void text_clear(struct text *text);
void text_free(struct text *text);
