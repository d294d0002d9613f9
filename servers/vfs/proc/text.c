/**
 * @file
 * Texts in pages. When there is no memory for all of a text, its end is missing.
 */
#include "vfs/proc/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "vfs/pages.h"

#define LINE_MAX_SIZE 256u /* of one text_print() */

_Static_assert(sizeof(struct text) <= PAGE_BYTES, "a text is known by one page");

/** @return an empty text; NULL: there is no memory */
struct text *text_make(void)
{
    return page_take();
}

/** Frees a text. */
void text_free(struct text *text)
{
    for (size_t i = 0; i < TEXT_PAGES && text->pages[i] != NULL; i++) {
        page_give(text->pages[i]);
    }
    page_give(text);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/** Adds bytes at the end. */
void text_add(struct text *text, const char *from, size_t size)
{
    while (size > 0 && text->size < TEXT_PAGES * PAGE_BYTES) {
        size_t part = least(size, PAGE_BYTES - text->size % PAGE_BYTES);
        uint8_t **page = &text->pages[text->size / PAGE_BYTES];

        if (*page == NULL) {
            *page = page_take();
        }
        if (*page == NULL) {
            return;
        }
        memcpy(*page + text->size % PAGE_BYTES, from, part);
        text->size += part;
        from += part;
        size -= part;
    }
}

/** Adds what a format says, as printf() does; of that, the first 255 bytes. */
void text_print(struct text *text, const char *format, ...)
{
    char line[LINE_MAX_SIZE];
    va_list values;
    int length;

    va_start(values, format);
    length = vsnprintf(line, sizeof(line), format, values);
    va_end(values);
    if (length > 0) {
        text_add(text, line, least((size_t)length, sizeof(line) - 1));
    }
}

/** Reads bytes. @return how many there were */
size_t text_read(const struct text *text, uint64_t offset, void *to, size_t size)
{
    size_t done = offset < text->size ? least(size, text->size - offset) : 0;
    uint8_t *next = to;

    for (size_t left = done, part; left > 0; left -= part) {
        part = least(left, PAGE_BYTES - offset % PAGE_BYTES);
        memcpy(next, text->pages[offset / PAGE_BYTES] + offset % PAGE_BYTES, part);
        offset += part;
        next += part;
    }
    return done;
}
