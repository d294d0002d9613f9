/**
 * @file
 * Formatted text: the subset of C's printf that a kernel needs.
 *
 *     %[flags][width][.precision][length]conversion
 *     flags       - left-justified   0 zeros up to the width   + sign also on positive numbers
 *                 # 0x in front of hexadecimal
 *     width       a number or *      precision  a number or * (for s: most characters)
 *     length      hh h l ll z        conversion d i u x X o c s p %
 *
 * A conversion that is not known is written as it stands, so that a mistake can be seen.
 */
#include "lib/format.h"

/**
 * Writes an integer as text, without a NUL at the end.
 *
 * A negative number (style->is_signed and the top bit set) gets a minus sign in front of the digits
 * of its magnitude, in whatever base; the zeros that style->digits asks for stand between sign and
 * digits. Zero has one digit, "0". Every 64-bit number has a text, the smallest negative one too.
 *
 * @param out    room for FORMAT_INTEGER_MAX characters
 * @param bits   the number; two's complement if style->is_signed
 * @param style  base, sign, letter case and least number of digits
 * @return the number of characters written
 */
size_t format_integer(char out[FORMAT_INTEGER_MAX], uint64_t bits,
                      const struct format_integer_style *style)
{
    const char *symbols = style->upper_case ? "0123456789ABCDEF" : "0123456789abcdef";
    bool negative = style->is_signed && (int64_t)bits < 0;
    uint64_t magnitude = negative ? 0 - bits : bits;
    char reversed[FORMAT_INTEGER_MAX];
    size_t digits = 0;
    size_t length = 0;

    do {
        reversed[digits++] = symbols[magnitude % style->base];
        magnitude /= style->base;
    } while (magnitude > 0);
    while (digits < style->digits) {
        reversed[digits++] = '0';
    }
    if (negative) {
        out[length++] = '-';
    }
    while (digits > 0) {
        out[length++] = reversed[--digits];
    }
    return length;
}

/** One conversion, as its flags, width and so on ask for it. */
struct conversion {
    bool left, zeros, plus, prefix;
    size_t width;
    bool has_precision;
    size_t precision;
    unsigned bytes; /* size of an integer argument */
    char letter;
};

/** The text on its way out. */
struct output {
    format_sink sink;
    void *argument;
    size_t length;
};

static void put(struct output *output, char character)
{
    output->sink(character, output->argument);
    output->length++;
}

static void put_text(struct output *output, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        put(output, text[i]);
    }
}

/** Writes text, with blanks up to the width before or behind it. */
static void put_padded(struct output *output, const struct conversion *conversion, const char *text,
                       size_t length)
{
    size_t blanks = conversion->width > length ? conversion->width - length : 0;

    if (conversion->left) {
        put_text(output, text, length);
    }
    for (; blanks > 0; blanks--) {
        put(output, ' ');
    }
    if (!conversion->left) {
        put_text(output, text, length);
    }
}

static bool parse_flag(struct conversion *conversion, char flag)
{
    switch (flag) {
    case '-':
        return conversion->left = true;
    case '0':
        return conversion->zeros = true;
    case '+':
        return conversion->plus = true;
    case '#':
        return conversion->prefix = true;
    default:
        return false;
    }
}

/** A width or precision: digits, or * for an argument. A negative argument counts as 0. */
static const char *parse_number(const char *format, va_list *values, size_t *number)
{
    *number = 0;
    if (*format == '*') {
        int value = va_arg(*values, int);

        *number = value > 0 ? (size_t)value : 0;
        return format + 1;
    }
    for (; *format >= '0' && *format <= '9'; format++) {
        *number = *number * 10 + (size_t)(*format - '0');
    }
    return format;
}

static const char *parse_length(const char *format, unsigned *bytes)
{
    *bytes = sizeof(int);
    if (*format == 'z') {
        *bytes = sizeof(size_t);
        return format + 1;
    }
    for (; *format == 'h'; format++) {
        *bytes /= 2;
    }
    for (; *format == 'l'; format++) {
        *bytes = sizeof(long);
    }
    return format;
}

/** Reads what follows a percent sign. @return the first character behind the conversion */
static const char *parse_conversion(const char *format, va_list *values,
                                    struct conversion *conversion)
{
    *conversion = (struct conversion){0};
    while (parse_flag(conversion, *format)) {
        format++;
    }
    format = parse_number(format, values, &conversion->width);
    if (*format == '.') {
        conversion->has_precision = true;
        format = parse_number(format + 1, values, &conversion->precision);
    }
    format = parse_length(format, &conversion->bytes);
    conversion->letter = *format;
    return *format == '\0' ? format : format + 1;
}

/** An integer argument of the conversion's size, its sign carried to 64 bits if it has one. */
static uint64_t take_integer(const struct conversion *conversion, va_list *values, bool is_signed)
{
    uint64_t bits =
        conversion->bytes > sizeof(int) ? va_arg(*values, uint64_t) : va_arg(*values, unsigned);
    unsigned unused_bits = 64 - 8 * conversion->bytes;

    bits <<= unused_bits;
    return is_signed ? (uint64_t)((int64_t)bits >> unused_bits) : bits >> unused_bits;
}

static void put_integer(struct output *output, const struct conversion *conversion, uint64_t bits,
                        struct format_integer_style style)
{
    char text[2 + FORMAT_INTEGER_MAX];
    size_t start = 0;
    bool negative = style.is_signed && (int64_t)bits < 0;

    if (conversion->prefix && style.base == 16) {
        text[start++] = '0';
        text[start++] = 'x';
    } else if (conversion->plus && style.is_signed && !negative) {
        text[start++] = '+';
    }
    style.digits = conversion->has_precision ? (unsigned)conversion->precision : 1;
    if (conversion->zeros && !conversion->left && !conversion->has_precision) {
        size_t taken = start + (negative ? 1 : 0);

        style.digits = conversion->width > taken ? (unsigned)(conversion->width - taken) : 1;
    }
    if (style.digits > FORMAT_INTEGER_MAX - 2) {
        style.digits = FORMAT_INTEGER_MAX - 2;
    }
    put_padded(output, conversion, text, start + format_integer(text + start, bits, &style));
}

static void put_string(struct output *output, const struct conversion *conversion, const char *text)
{
    size_t length = 0;

    if (text == NULL) {
        text = "(null)";
    }
    while ((!conversion->has_precision || length < conversion->precision) && text[length] != '\0') {
        length++;
    }
    put_padded(output, conversion, text, length);
}

static void put_pointer(struct output *output, const struct conversion *conversion,
                        const void *pointer)
{
    struct conversion hexadecimal = *conversion;

    hexadecimal.prefix = true;
    hexadecimal.has_precision = true;
    hexadecimal.precision = 2 * sizeof(pointer);
    put_integer(output, &hexadecimal, (uintptr_t)pointer,
                (struct format_integer_style){.base = 16});
}

static unsigned conversion_base(char letter)
{
    switch (letter) {
    case 'd':
    case 'i':
    case 'u':
        return 10;
    case 'x':
    case 'X':
        return 16;
    case 'o':
        return 8;
    default:
        return 0;
    }
}

/** Writes one conversion. @return false when its letter is not known */
static bool put_conversion(struct output *output, const struct conversion *conversion,
                           va_list *values)
{
    char letter = conversion->letter;
    struct format_integer_style style = {
        .base = conversion_base(letter),
        .is_signed = letter == 'd' || letter == 'i',
        .upper_case = letter == 'X',
    };

    if (style.base != 0) {
        put_integer(output, conversion, take_integer(conversion, values, style.is_signed), style);
    } else if (letter == 's') {
        put_string(output, conversion, va_arg(*values, const char *));
    } else if (letter == 'p') {
        put_pointer(output, conversion, va_arg(*values, const void *));
    } else if (letter == 'c') {
        char character = (char)va_arg(*values, int);

        put_padded(output, conversion, &character, 1);
    } else if (letter == '%') {
        put(output, '%');
    } else {
        return false;
    }
    return true;
}

/**
 * Formats text and hands it over character by character.
 *
 * @param sink      called for each character
 * @param argument  handed to sink
 * @param format    see the top of this file
 * @param values    the conversions' arguments
 * @return the number of characters
 */
size_t format_to_sink(format_sink sink, void *argument, const char *format, va_list values)
{
    struct output output = {sink, argument, 0};
    va_list rest;

    va_copy(rest, values);
    while (*format != '\0') {
        struct conversion conversion;
        const char *start = format;

        if (*format != '%') {
            put(&output, *format++);
            continue;
        }
        format = parse_conversion(format + 1, &rest, &conversion);
        if (!put_conversion(&output, &conversion, &rest)) {
            put_text(&output, start, (size_t)(format - start));
        }
    }
    va_end(rest);
    return output.length;
}

/** Where format_to_buffer() writes. */
struct buffer {
    char *next;
    size_t room; /* characters that still fit, without the NUL */
};

static void buffer_put(char character, void *argument)
{
    struct buffer *buffer = argument;

    if (buffer->room > 0) {
        *buffer->next++ = character;
        buffer->room--;
    }
}

/**
 * Formats text into a buffer, cut off where the buffer ends.
 *
 * @param buffer  gets the text and a NUL; untouched if size is 0
 * @param size    of the buffer in bytes
 * @param format  see the top of this file
 * @return the length of the whole text; at or above `size` when it was cut off
 */
size_t format_to_buffer(char *buffer, size_t size, const char *format, ...)
{
    struct buffer output = {buffer, size > 0 ? size - 1 : 0};
    va_list values;
    size_t length;

    va_start(values, format);
    length = format_to_sink(buffer_put, &output, format, values);
    va_end(values);
    if (size > 0) {
        *output.next = '\0';
    }
    return length;
}
