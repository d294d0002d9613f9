/**
 * @file
 * Text that grows: see text.h.
 */
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 64u

/** Makes room for `more` bytes and a NUL. @return whether there is */
static bool make_room(struct text *text, size_t more)
{
    size_t room = text->room == 0 ? FIRST_ROOM : text->room;
    char *bytes;

    while (room - text->length <= more) {
        room *= 2;
    }
    if (room == text->room) {
        return true;
    }
    bytes = realloc(text->bytes, room);
    if (bytes == NULL) {
        text->failed = true;
        return false;
    }
    text->bytes = bytes;
    text->room = room;
    return true;
}

/** Adds one byte. */
void text_add_byte(struct text *text, char byte)
{
    text_add(text, &byte, 1);
}

/** Adds bytes, which are no part of the text itself. */
void text_add(struct text *text, const char *bytes, size_t length)
{
    if (!text->failed && make_room(text, length)) {
        memcpy(text->bytes + text->length, bytes, length);
        text->length += length;
    }
}

/** Adds what stands before a NUL. */
void text_add_string(struct text *text, const char *string)
{
    text_add(text, string, strlen(string));
}

/** Adds a number in decimal digits. */
void text_add_number(struct text *text, long number)
{
    char digits[24];

    snprintf(digits, sizeof(digits), "%ld", number);
    text_add_string(text, digits);
}

/** Adds a string between single quotes, so that a shell that reads it finds the same string. */
void text_add_quoted(struct text *text, const char *string)
{
    text_add_byte(text, '\'');
    for (; *string != '\0'; string++) {
        if (*string == '\'') {
            text_add_string(text, "'\\''");
        } else {
            text_add_byte(text, *string);
        }
    }
    text_add_byte(text, '\'');
}

/** @return the text, with a NUL behind it; "" when nothing was added. It is the text's own, until
 * more is added */
const char *text_string(struct text *text)
{
    if (text->bytes == NULL) {
        return "";
    }
    text->bytes[text->length] = '\0';
    return text->bytes;
}

/** Forgets what was added, and keeps the memory. */
void text_clear(struct text *text)
{
    text->length = 0;
    text->failed = false;
}

/** Gives the memory back. */
void text_free(struct text *text)
{
    free(text->bytes);
    *text = (struct text){0};
}
