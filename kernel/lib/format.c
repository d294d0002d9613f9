/**
 * @file
 * Formatted text: the subset of C's printf that a kernel needs.
 *
 *     %[flags][width][length]conversion
 *     flags    - left-justified   0 zeros up to the width
 *     length   l or z: 64 bits    conversion  d u x c s p %
 *
 * A conversion that is not known is written as it stands, so that a mistake can be seen.
 */
#include "lib/format.h"

#include "lib/string.h"

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
    bool left, zeros, is_long;
    size_t width;
    char letter;
};

/** The text on its way out. */
struct output {
    format_sink sink;
    void *argument;
};

static void put(struct output *output, char character)
{
    output->sink(character, output->argument);
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

/** Reads what follows a percent sign. @return the first character behind the conversion */
static const char *parse_conversion(const char *format, struct conversion *conversion)
{
    *conversion = (struct conversion){0};
    for (; *format == '-' || *format == '0'; format++) {
        conversion->left |= *format == '-';
        conversion->zeros |= *format == '0';
    }
    for (; *format >= '0' && *format <= '9'; format++) {
        conversion->width = conversion->width * 10 + (size_t)(*format - '0');
    }
    for (; *format == 'l' || *format == 'z'; format++) {
        conversion->is_long = true;
    }
    conversion->letter = *format;
    return *format == '\0' ? format : format + 1;
}

static void put_integer(struct output *output, const struct conversion *conversion, uint64_t bits)
{
    char text[FORMAT_INTEGER_MAX] = {0};
    struct format_integer_style style = {
        .base = conversion->letter == 'd' || conversion->letter == 'u' ? 10 : 16,
        .is_signed = conversion->letter == 'd',
    };
    size_t digits = conversion->zeros && !conversion->left ? conversion->width : 0;

    if (style.is_signed && !conversion->is_long) {
        bits = (uint64_t)(int64_t)(int32_t)bits;
    }
    if (digits > 0 && style.is_signed && (int64_t)bits < 0) {
        digits--; /* the sign stands in front of the zeros */
    }
    style.digits = digits < FORMAT_INTEGER_MAX - 2 ? (unsigned)digits : FORMAT_INTEGER_MAX - 2;
    put_padded(output, conversion, text, format_integer(text, bits, &style));
}

/** Writes one conversion. @return false when its letter is not known */
static bool put_conversion(struct output *output, struct conversion *conversion, va_list *values)
{
    const char *text = "%";
    char character;

    switch (conversion->letter) {
    case 'p': /* the same as 0x%016lx */
        put(output, '0');
        put(output, 'x');
        *conversion = (struct conversion){.zeros = true, .is_long = true, .width = 16};
        /* fall through */
    case 'd':
    case 'u':
    case 'x':
        put_integer(output, conversion,
                    conversion->is_long ? va_arg(*values, uint64_t) : va_arg(*values, unsigned));
        return true;
    case 'c':
        character = (char)va_arg(*values, int);
        put_padded(output, conversion, &character, 1);
        return true;
    case 's':
        text = va_arg(*values, const char *);
        text = text == NULL ? "(null)" : text;
        /* fall through */
    case '%':
        put_padded(output, conversion, text, strlen(text));
        return true;
    default:
        return false;
    }
}

/**
 * Formats text and hands it over character by character.
 *
 * @param sink      called for each character
 * @param argument  handed to sink
 * @param format    see the top of this file
 * @param values    the conversions' arguments
 */
void format_to_sink(format_sink sink, void *argument, const char *format, va_list values)
{
    struct output output = {sink, argument};
    va_list rest;

    va_copy(rest, values);
    while (*format != '\0') {
        struct conversion conversion;
        const char *end = parse_conversion(format + 1, &conversion);

        if (*format == '%' && put_conversion(&output, &conversion, &rest)) {
            format = end;
        } else {
            put(&output, *format++);
        }
    }
    va_end(rest);
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
 * @param buffer  gets the text and a NUL
 * @param size    of the buffer in bytes, at least 1
 * @param format  see the top of this file
 */
void format_to_buffer(char *buffer, size_t size, const char *format, ...)
{
    struct buffer output = {buffer, size - 1};
    va_list values;

    va_start(values, format);
    format_to_sink(buffer_put, &output, format, values);
    va_end(values);
    *output.next = '\0';
}
