/**
 * @file
 * What the conversions of formatted text write (ISO C11 7.21.6.1, paragraphs 6 to 8).
 */
#include "format_put.h"

#include <string.h>

#define DIGITS_MAX 22 /* of 2^64-1 in octal */

/** Writes a piece of text as it is. */
void format_put(struct format_output *output, const char *text, size_t length)
{
    if (length > 0) {
        output->sink->put(output->sink, text, length);
        output->length += length;
    }
}

/** Writes a character so many times. */
static void put_many(struct format_output *output, char character, size_t count)
{
    char piece[32];

    memset(piece, character, sizeof(piece));
    for (; count > sizeof(piece); count -= sizeof(piece)) {
        format_put(output, piece, sizeof(piece));
    }
    format_put(output, piece, count);
}

/** @return what of a length is missing to a larger one */
static size_t missing(size_t wanted, size_t length)
{
    return wanted > length ? wanted - length : 0;
}

/** Writes text with blanks up to the width, before or behind it. */
void format_put_padded(struct format_output *output, const struct conversion *conversion,
                       const char *text, size_t length)
{
    size_t blanks = missing(conversion->width, length);

    put_many(output, ' ', conversion->is_left ? 0 : blanks);
    format_put(output, text, length);
    put_many(output, ' ', conversion->is_left ? blanks : 0);
}

/** Writes a text, at most as many bytes of it as the precision says; NULL as "(null)". */
void format_put_string(struct format_output *output, const struct conversion *conversion,
                       const char *string)
{
    size_t most = conversion->precision < 0 ? SIZE_MAX : (size_t)conversion->precision;

    string = string == NULL ? "(null)" : string;
    format_put_padded(output, conversion, string, strnlen(string, most));
}

/** @return the base that a conversion's letter stands for */
static unsigned base_of(char letter)
{
    switch (letter) {
    case 'o':
        return 8;
    case 'x':
    case 'X':
        return 16;
    default:
        return 10;
    }
}

/** Writes digits to the end of an array; none for 0. @return how many */
static size_t make_digits(char *end, uint64_t magnitude, char letter)
{
    const char *symbols = letter == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    unsigned base = base_of(letter);
    size_t count = 0;

    for (; magnitude > 0; magnitude /= base) {
        *--end = symbols[magnitude % base];
        count++;
    }
    return count;
}

/** @return how many zeros stand before `digits` digits and behind a prefix of `prefix` */
static size_t count_zeros(const struct conversion *conversion, size_t digits, size_t prefix)
{
    bool is_octal = conversion->letter == 'o' && conversion->is_alternative;
    size_t least = conversion->precision < 0 ? 1 : (size_t)conversion->precision;

    if (is_octal && least <= digits) {
        least = digits + 1;
    }
    if (conversion->precision < 0 && conversion->has_zeros && !conversion->is_left &&
        least + prefix < conversion->width) {
        least = conversion->width - prefix;
    }
    return missing(least, digits);
}

/**
 * Writes an integer: blanks, prefix, zeros, digits, blanks.
 *
 * @param output      where to
 * @param conversion  says how
 * @param magnitude   the number without its sign
 * @param prefix      what stands directly before the number: a sign, or 0x
 */
void format_put_integer(struct format_output *output, const struct conversion *conversion,
                        uint64_t magnitude, const char *prefix)
{
    char digits[DIGITS_MAX];
    size_t count = make_digits(digits + DIGITS_MAX, magnitude, conversion->letter);
    size_t zeros = count_zeros(conversion, count, strlen(prefix));
    size_t blanks = missing(conversion->width, strlen(prefix) + zeros + count);

    put_many(output, ' ', conversion->is_left ? 0 : blanks);
    format_put(output, prefix, strlen(prefix));
    put_many(output, '0', zeros);
    format_put(output, digits + DIGITS_MAX - count, count);
    put_many(output, ' ', conversion->is_left ? blanks : 0);
}

/** Writes a number with a sign: minus, or what the flags want for a positive one. */
void format_put_signed(struct format_output *output, const struct conversion *conversion,
                       int64_t number)
{
    const char *sign = conversion->has_plus ? "+" : conversion->has_blank ? " " : "";
    uint64_t magnitude = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    format_put_integer(output, conversion, magnitude, number < 0 ? "-" : sign);
}

/** Writes a number without a sign: with # also its base. */
void format_put_unsigned(struct format_output *output, const struct conversion *conversion,
                         uint64_t number)
{
    const char *prefix = "";

    if (conversion->is_alternative && number != 0 && base_of(conversion->letter) == 16) {
        prefix = conversion->letter == 'X' ? "0X" : "0x";
    }
    format_put_integer(output, conversion, number, prefix);
}
