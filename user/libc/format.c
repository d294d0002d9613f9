/**
 * @file
 * Formatted text: the conversions of printf (ISO C11 7.21.6.1) but those for floating point, which
 * programs do not have, and %n, which has done more harm than good. How a conversion is read; what
 * it writes is in format_put.c.
 */
#include "format.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "format_put.h"

/** What the text is made from, and how far it is. */
struct text {
    struct format_output output;
    va_list values;
};

/** Reads flags. @return behind them */
static const char *read_flags(const char *format, struct conversion *conversion)
{
    for (;; format++) {
        switch (*format) {
        case '-':
            conversion->is_left = true;
            break;
        case '+':
            conversion->has_plus = true;
            break;
        case ' ':
            conversion->has_blank = true;
            break;
        case '#':
            conversion->is_alternative = true;
            break;
        case '0':
            conversion->has_zeros = true;
            break;
        default:
            return format;
        }
    }
}

/** Reads a number or takes it from the values. Too large: output.error. @return behind it */
static const char *read_number(const char *format, struct text *text, int *number)
{
    long long digits = 0;

    if (*format == '*') {
        *number = va_arg(text->values, int);
        return format + 1;
    }
    for (; isdigit((unsigned char)*format); format++) {
        digits = digits * 10 + (*format - '0');
        if (digits > INT_MAX) {
            text->output.error = EOVERFLOW;
            digits = 0;
        }
    }
    *number = (int)digits;
    return format;
}

/** Reads width and precision. A negative width means left, a negative precision none. */
static const char *read_sizes(const char *format, struct text *text, struct conversion *conversion)
{
    int width;

    format = read_number(format, text, &width);
    conversion->is_left |= width < 0;
    conversion->width = width < 0 ? 0 - (size_t)width : (size_t)width;
    conversion->precision = -1;
    if (*format == '.') {
        format = read_number(format + 1, text, &conversion->precision);
    }
    return format;
}

/** Reads how long an integer is: hh h l ll j z t. @return behind it */
static const char *read_length(const char *format, struct conversion *conversion)
{
    static const struct {
        char letters[3];
        unsigned char bytes;
    } lengths[] = {{"hh", 1}, {"h", 2}, {"ll", 8}, {"l", 8}, {"j", 8}, {"z", 8}, {"t", 8}};

    conversion->bytes = sizeof(int);
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        size_t length = strlen(lengths[i].letters);

        if (strncmp(format, lengths[i].letters, length) == 0) {
            conversion->bytes = lengths[i].bytes;
            conversion->has_length = true;
            return format + length;
        }
    }
    return format;
}

_Static_assert(sizeof(long) == 8 && sizeof(size_t) == 8 && sizeof(ptrdiff_t) == 8, "see lengths");

/** Takes an integer of the conversion's size. @return its 64 bits, with its sign if it has one */
static uint64_t take_integer(struct text *text, const struct conversion *conversion, bool is_signed)
{
    unsigned unused = 64 - 8 * conversion->bytes;
    uint64_t bits = conversion->bytes > sizeof(int) ? va_arg(text->values, uint64_t)
                                                    : va_arg(text->values, unsigned);

    bits <<= unused;
    return is_signed ? (uint64_t)((int64_t)bits >> unused) : bits >> unused;
}

/** Writes a conversion of a character, a text or an address. @return false: it is none of these */
static bool write_other(struct text *text, struct conversion *conversion)
{
    struct format_output *output = &text->output;
    char character;

    switch (conversion->has_length ? '\0' : conversion->letter) {
    case 'c':
        character = (char)va_arg(text->values, int);
        format_put_padded(output, conversion, &character, 1);
        return true;
    case 's':
        format_put_string(output, conversion, va_arg(text->values, const char *));
        return true;
    case 'p':
        conversion->letter = 'x';
        format_put_integer(output, conversion, (uintptr_t)va_arg(text->values, void *), "0x");
        return true;
    case '%':
        format_put(output, "%", 1);
        return true;
    default:
        return false;
    }
}

/** Writes any conversion. @return false: there is no such one */
static bool write_conversion(struct text *text, struct conversion *conversion)
{
    uint64_t bits;

    switch (conversion->letter) {
    case 'd':
    case 'i':
        bits = take_integer(text, conversion, true);
        format_put_signed(&text->output, conversion, (int64_t)bits);
        return true;
    case 'u':
    case 'o':
    case 'x':
    case 'X':
        bits = take_integer(text, conversion, false);
        format_put_unsigned(&text->output, conversion, bits);
        return true;
    default:
        return write_other(text, conversion);
    }
}

/** Writes what a percent sign begins. @return behind it; NULL: it cannot be done, error is set */
static const char *convert(const char *format, struct text *text)
{
    struct conversion conversion = {0};
    const char *next = read_flags(format + 1, &conversion);

    next = read_sizes(next, text, &conversion);
    next = read_length(next, &conversion);
    conversion.letter = *next;
    if (text->output.error == 0 && !write_conversion(text, &conversion)) {
        text->output.error = EINVAL;
    }
    if (text->output.error == EINVAL) { /* so that the mistake is seen */
        format_put(&text->output, format, strlen(format));
    }
    return text->output.error == 0 ? next + 1 : NULL;
}

/** @return how many characters stand before the next conversion, or the end */
static size_t plain_length(const char *format)
{
    size_t length = 0;

    while (format[length] != '\0' && format[length] != '%') {
        length++;
    }
    return length;
}

/**
 * Writes formatted text.
 *
 * @param sink    gets the text in pieces
 * @param format  see stdio.h
 * @param values  for its conversions
 * @return length of the text in bytes; -1, errno EINVAL: there is no such conversion, it has been
 *         written as it stands with all that follows; -1, EOVERFLOW: a width or the text is longer
 *         than INT_MAX
 */
int format_text(struct format_sink *sink, const char *format, va_list values)
{
    struct text text = {.output.sink = sink};

    va_copy(text.values, values);
    while (format != NULL && *format != '\0') {
        size_t plain = plain_length(format);

        format_put(&text.output, format, plain);
        format += plain;
        format = *format == '%' ? convert(format, &text) : format;
    }
    va_end(text.values);
    if (text.output.length > INT_MAX && text.output.error == 0) {
        text.output.error = EOVERFLOW;
    }
    if (text.output.error != 0) {
        errno = text.output.error;
        return -1;
    }
    return (int)text.output.length;
}
