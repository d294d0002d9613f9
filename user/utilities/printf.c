/**
 * @file
 * printf: writes words in a format.
 */
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

#define CONVERSION_MAX 32u
#define OCTAL_DIGITS 3

static const char usage[] = "usage: printf FORMAT [WORD...]\n"
                            "writes the format with words in it: %s text, %b text with escapes, %c "
                            "a byte, %d %i %u %o %x %X\n"
                            "numbers, %% itself; escapes \\n \\t \\r \\a \\b \\f \\v \\\\ and "
                            "\\NNN (octal). It is used again\n"
                            "while there are words\n";

static char *const *next, *const *end; /* words */
static bool used_word, has_failed, has_ended;

static const char *take_word(void)
{
    used_word = true;
    return next < end ? *next++ : NULL;
}

/** Writes the byte that an escape stands for. @param text behind the backslash @param is_word it is
 * a word for %b: \c ends all output, \0 may begin octal digits @return behind the escape */
static const char *put_escape(const char *text, bool is_word)
{
    static const char letters[] = "abfnrtv\\\"'";
    static const char bytes[] = "\a\b\f\n\r\t\v\\\"'";
    const char *letter = *text == '\0' ? NULL : strchr(letters, *text);

    if (is_word && *text == 'c') {
        has_ended = true;
        return text + 1;
    }
    if (*text >= '0' && *text <= '7') {
        const char *digit = text + (is_word && *text == '0');
        unsigned byte = 0;

        for (int i = 0; i < OCTAL_DIGITS && *digit >= '0' && *digit <= '7'; i++, digit++) {
            byte = byte * 8 + (unsigned)(*digit - '0');
        }
        putchar((int)(byte & 0xFF));
        return digit;
    }
    if (letter != NULL) {
        putchar(bytes[letter - letters]);
        return text + 1;
    }
    putchar('\\');
    return text;
}

static void put_escaped(const char *text)
{
    while (*text != '\0' && !has_ended) {
        if (*text == '\\') {
            text = put_escape(text + 1, true);
        } else {
            putchar(*text++);
        }
    }
}

/** @return the number that a word is; 0: none. "x and 'x are the byte x */
static long number_of(const char *word)
{
    char *behind;
    long number;

    if (word == NULL) {
        return 0;
    }
    if (word[0] == '"' || word[0] == '\'') {
        return (unsigned char)word[1];
    }
    errno = 0;
    number = word[0] == '-' ? strtol(word, &behind, 0) : (long)strtoul(word, &behind, 0);
    if (behind == word || *behind != '\0' || errno != 0) {
        warnx("%s: not a number", word);
        has_failed = true;
    }
    return number;
}

/** Writes a word as a conversion says. @param conversion as for printf(), with an l for numbers */
static void convert(const char *conversion, char kind)
{
    const char *word = take_word();

    switch (kind) {
    case 's':
        printf(conversion, word == NULL ? "" : word);
        break;
    case 'b':
        put_escaped(word == NULL ? "" : word);
        break;
    case 'c':
        if (word != NULL && word[0] != '\0') {
            printf(conversion, word[0]);
        }
        break;
    default:
        printf(conversion, number_of(word));
        break;
    }
}

/** Takes a width or a precision. @return behind it */
static const char *take_number(const char *format, char *conversion, size_t *length)
{
    if (*format == '*') {
        *length += (size_t)snprintf(conversion + *length, CONVERSION_MAX - *length, "%d",
                                    (int)number_of(take_word()));
        return format + 1;
    }
    while (*format >= '0' && *format <= '9' && *length < CONVERSION_MAX / 2) {
        conversion[(*length)++] = *format++;
    }
    return format;
}

/** Writes a conversion. @param format behind the % @return behind the conversion */
static const char *put_conversion(const char *format)
{
    char conversion[CONVERSION_MAX + 4] = "%";
    size_t length = 1;

    if (*format == '%') {
        putchar('%');
        return format + 1;
    }
    while (*format != '\0' && strchr("-+ #0", *format) != NULL && length < 6) {
        conversion[length++] = *format++;
    }
    format = take_number(format, conversion, &length);
    if (*format == '.') {
        conversion[length++] = *format++;
        format = take_number(format, conversion, &length);
    }
    if (*format == '\0' || strchr("sbcdiuoxX", *format) == NULL) {
        errx(STATUS_FAILED, "%%%c: unknown conversion", *format == '\0' ? ' ' : *format);
    }
    if (strchr("sbc", *format) == NULL) {
        conversion[length++] = 'l';
    }
    conversion[length] = *format;
    convert(conversion, *format);
    return format + 1;
}

/** Writes the format once. */
static void put_format(const char *format)
{
    while (*format != '\0' && !has_ended) {
        if (*format == '\\') {
            format = put_escape(format + 1, false);
        } else if (*format == '%') {
            format = put_conversion(format + 1);
        } else {
            putchar(*format++);
        }
    }
}

/** @return 0; 1: a word is no number, or the output could not be written */
int main(int argc, char **argv)
{
    int first = utility_no_options(argc, argv, usage);

    if (first == argc) {
        utility_usage(usage);
    }
    next = argv + first + 1;
    end = argv + argc;
    do {
        used_word = false;
        put_format(argv[first]);
    } while (next < end && used_word && !has_ended);
    return utility_finish(has_failed ? STATUS_FAILED : 0);
}
