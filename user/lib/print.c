/**
 * @file
 * Formatted text on the console: a small part of C's printf.
 *
 *     %[0][width][l|z]conversion      conversion d u x p s c %
 *
 * A text is collected first and then written by one kernel call, so that the lines of different
 * tasks do not mix. What is longer than PRINT_MAX ends in "...".
 */
#include "print.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "console.h"
#include "string.h"

#define DIGITS_MAX 20 /* of 2^64-1 in decimal */

/** The text so far. `length` counts also what has no room. */
struct text {
    char characters[PRINT_MAX];
    size_t length;
};

/** One conversion, as the format asks for it. */
struct conversion {
    bool zeros;
    size_t width;
    bool is_long;
    char letter;
};

static void put(struct text *text, char character)
{
    if (text->length < PRINT_MAX) {
        text->characters[text->length] = character;
    }
    text->length++;
}

/** Writes `length` characters, with zeros or blanks in front up to the width. */
static void put_padded(struct text *text, const struct conversion *conversion, const char *from,
                       size_t length)
{
    for (size_t i = length; i < conversion->width; i++) {
        put(text, conversion->zeros ? '0' : ' ');
    }
    for (size_t i = 0; i < length; i++) {
        put(text, from[i]);
    }
}

static void put_number(struct text *text, struct conversion conversion, uint64_t magnitude,
                       bool negative)
{
    unsigned base = conversion.letter == 'x' ? 16 : 10;
    char characters[DIGITS_MAX + 1];
    size_t start = sizeof(characters);

    do {
        characters[--start] = "0123456789abcdef"[magnitude % base];
        magnitude /= base;
    } while (magnitude > 0);
    if (negative && conversion.zeros) { /* the sign stands before the zeros */
        put(text, '-');
        conversion.width -= conversion.width > 0 ? 1 : 0;
    } else if (negative) {
        characters[--start] = '-';
    }
    put_padded(text, &conversion, characters + start, sizeof(characters) - start);
}

static void put_signed(struct text *text, const struct conversion *conversion, int64_t number)
{
    put_number(text, *conversion, number < 0 ? 0 - (uint64_t)number : (uint64_t)number, number < 0);
}

/** Writes a pointer with all its digits. */
static void put_pointer(struct text *text, const void *pointer)
{
    put(text, '0');
    put(text, 'x');
    put_number(text, (struct conversion){true, 2 * sizeof(pointer), true, 'x'}, (uintptr_t)pointer,
               false);
}

static void put_string(struct text *text, struct conversion conversion, const char *string)
{
    conversion.zeros = false;
    string = string == NULL ? "(null)" : string;
    put_padded(text, &conversion, string, strlen(string));
}

/** Reads what follows a percent sign. @return the first character behind the conversion */
static const char *parse(const char *format, struct conversion *conversion)
{
    *conversion = (struct conversion){.zeros = *format == '0'};
    for (; *format >= '0' && *format <= '9'; format++) {
        conversion->width = conversion->width * 10 + (size_t)(*format - '0');
    }
    for (; *format == 'l' || *format == 'z'; format++) {
        conversion->is_long = true;
    }
    conversion->letter = *format;
    return *format == '\0' ? format : format + 1;
}

static void put_conversion(struct text *text, const struct conversion *conversion, va_list *values)
{
    bool is_long = conversion->is_long;

    switch (conversion->letter) {
    case 'd':
        put_signed(text, conversion, is_long ? va_arg(*values, int64_t) : va_arg(*values, int));
        break;
    case 'u':
    case 'x':
        put_number(text, *conversion,
                   is_long ? va_arg(*values, uint64_t) : va_arg(*values, unsigned), false);
        break;
    case 'p':
        put_pointer(text, va_arg(*values, const void *));
        break;
    case 's':
        put_string(text, *conversion, va_arg(*values, const char *));
        break;
    case 'c':
        put(text, (char)va_arg(*values, int));
        break;
    default: /* %% and mistakes, which should be seen */
        put(text, conversion->letter);
    }
}

static void write_out(struct text *text)
{
    static const char cut_off[] = "...\n";
    size_t mark = sizeof(cut_off) - 1;

    if (text->length > PRINT_MAX) {
        text->length = PRINT_MAX;
        memcpy(text->characters + PRINT_MAX - mark, cut_off, mark);
    }
    console_write(text->characters, text->length);
}

/**
 * Writes formatted text to the console, whole and at once.
 *
 * @param format  see the top of this file
 */
void print(const char *format, ...)
{
    struct text text = {.length = 0};
    struct conversion conversion;
    va_list values;

    va_start(values, format);
    while (*format != '\0') {
        if (*format == '%') {
            format = parse(format + 1, &conversion);
            put_conversion(&text, &conversion, &values);
        } else {
            put(&text, *format++);
        }
    }
    va_end(values);
    write_out(&text);
}
