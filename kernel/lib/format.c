/**
 * @file
 * Formatted text: the subset of C's printf that a kernel needs.
 *
 *     %[flags][width][.precision][length]conversion
 *     flags       - left-justified   0 zeros up to the width   + sign also on positive numbers
 *                 # 0x in front of hexadecimal
 *     width       a number           precision  a number (for s: most characters)
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

/** A precision that is not given. */
#define NO_PRECISION SIZE_MAX

/** One conversion, as its flags, width and so on ask for it. */
struct conversion {
    bool left, zeros, plus, prefix;
    size_t width, precision;
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

/** Writes text, with blanks up to the width before or behind it. */
static void put_padded(struct output *output, const struct conversion *conversion, const char *text,
                       size_t length)
{
    size_t columns = conversion->width > length ? conversion->width : length;
    size_t start = conversion->left ? 0 : columns - length;

    for (size_t i = 0; i < columns; i++) {
        put(output, i >= start && i - start < length ? text[i - start] : ' ');
    }
}

/** Reads a width or precision; 0 where there are no digits. @return what follows */
static const char *parse_number(const char *format, size_t *number)
{
    for (*number = 0; *format >= '0' && *format <= '9'; format++) {
        *number = *number * 10 + (size_t)(*format - '0');
    }
    return format;
}

/** Reads what follows a percent sign. @return the first character behind the conversion */
static const char *parse_conversion(const char *format, struct conversion *conversion)
{
    *conversion = (struct conversion){.precision = NO_PRECISION, .bytes = sizeof(int)};
    for (; *format == '-' || *format == '0' || *format == '+' || *format == '#'; format++) {
        conversion->left |= *format == '-';
        conversion->zeros |= *format == '0';
        conversion->plus |= *format == '+';
        conversion->prefix |= *format == '#';
    }
    format = parse_number(format, &conversion->width);
    if (*format == '.') {
        format = parse_number(format + 1, &conversion->precision);
    }
    for (; *format == 'h'; format++) {
        conversion->bytes /= 2;
    }
    for (; *format == 'l' || *format == 'z'; format++) {
        conversion->bytes = sizeof(long); /* also size_t's */
    }
    if (*format == 'p') { /* the same as %#.16lx */
        conversion->prefix = true;
        conversion->precision = 16;
        conversion->bytes = sizeof(void *);
    }
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
    size_t start = 0, digits = 1;
    bool negative = style.is_signed && (int64_t)bits < 0;

    if (conversion->prefix && style.base == 16) {
        text[start++] = '0';
        text[start++] = 'x';
    } else if (conversion->plus && style.is_signed && !negative) {
        text[start++] = '+';
    }
    if (conversion->precision != NO_PRECISION) {
        digits = conversion->precision;
    } else if (conversion->zeros && !conversion->left && conversion->width > start + negative) {
        digits = conversion->width - start - negative;
    }
    style.digits = digits < FORMAT_INTEGER_MAX - 2 ? (unsigned)digits : FORMAT_INTEGER_MAX - 2;
    put_padded(output, conversion, text, start + format_integer(text + start, bits, &style));
}

static void put_string(struct output *output, const struct conversion *conversion, const char *text)
{
    size_t length = 0;

    if (text == NULL) {
        text = "(null)";
    }
    while (length < conversion->precision && text[length] != '\0') {
        length++;
    }
    put_padded(output, conversion, text, length);
}

/** Writes one conversion. @return false when its letter is not known */
static bool put_conversion(struct output *output, const struct conversion *conversion,
                           va_list *values)
{
    static const uint8_t bases[UINT8_MAX + 1] = {
        ['d'] = 10, ['i'] = 10, ['u'] = 10, ['x'] = 16, ['X'] = 16, ['p'] = 16, ['o'] = 8,
    };
    char letter = conversion->letter;
    struct format_integer_style style = {
        .base = bases[(uint8_t)letter],
        .is_signed = letter == 'd' || letter == 'i',
        .upper_case = letter == 'X',
    };

    if (style.base != 0) {
        put_integer(output, conversion, take_integer(conversion, values, style.is_signed), style);
    } else if (letter == 's') {
        put_string(output, conversion, va_arg(*values, const char *));
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
        format = parse_conversion(format + 1, &conversion);
        if (!put_conversion(&output, &conversion, &rest)) {
            while (start < format) {
                put(&output, *start++);
            }
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
