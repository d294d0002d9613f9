/**
 * @file
 * Numbers in text (ISO C11 7.22.1.4, 7.22.1.2).
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

/** A number as it stands in a text. */
struct number {
    unsigned long long magnitude; /**< ULLONG_MAX when it is too large */
    bool is_negative, is_too_large;
};

static const char *skip_space(const char *text)
{
    while (isspace((unsigned char)*text)) {
        text++;
    }
    return text;
}

/** @return what a character is worth as a digit, 36 for one that is none */
static unsigned digit_value(char character)
{
    unsigned char byte = (unsigned char)character;

    if (isdigit(byte)) {
        return (unsigned)(byte - '0');
    }
    return isalpha(byte) ? (unsigned)(tolower(byte) - 'a') + 10 : 36;
}

/** Finds the base and skips its prefix: 0x only counts where a digit follows. */
static const char *find_base(const char *text, unsigned *base)
{
    bool has_prefix =
        text[0] == '0' && (text[1] == 'x' || text[1] == 'X') && digit_value(text[2]) < 16;

    if (has_prefix && (*base == 0 || *base == 16)) {
        *base = 16;
        return text + 2;
    }
    if (*base == 0) {
        *base = *text == '0' ? 8 : 10;
    }
    return text;
}

/** Reads digits. @return behind the last one */
static const char *read_digits(const char *text, unsigned base, struct number *number)
{
    for (; digit_value(*text) < base; text++) {
        unsigned digit = digit_value(*text);

        if (number->magnitude > (ULLONG_MAX - digit) / base) {
            number->is_too_large = true;
        }
        number->magnitude = number->is_too_large ? ULLONG_MAX : number->magnitude * base + digit;
    }
    return text;
}

/** Reads a number, sets errno for a bad base, and `end`. */
static struct number read_number(const char *text, char **end, int base)
{
    struct number number = {0};
    unsigned digits_base = (unsigned)base;
    const char *next = skip_space(text);
    const char *digits;

    if (base != 0 && (base < 2 || base > 36)) {
        errno = EINVAL;
        next = digits = text;
    } else {
        number.is_negative = *next == '-';
        next += *next == '-' || *next == '+' ? 1 : 0;
        digits = find_base(next, &digits_base);
        next = read_digits(digits, digits_base, &number);
    }
    if (end != NULL) {
        *end = (char *)(next == digits ? text : next);
    }
    return number;
}

/**
 * Reads a number with a sign.
 *
 * @param text  white space, a sign, 0x or 0 as the base asks for, digits; anything behind them
 * @param end   set, unless NULL, to what stands behind the digits; to `text` when there are none
 * @param base  2 to 36; 0: as the prefix says, which is none, 0 or 0x
 * @return the number, 0 when there is none; LLONG_MIN or LLONG_MAX, errno ERANGE, when it is out of
 *         range; 0, errno EINVAL, for another base
 */
long long strtoll(const char *restrict text, char **restrict end, int base)
{
    struct number number = read_number(text, end, base);
    unsigned long long limit = (unsigned long long)LLONG_MAX + (number.is_negative ? 1 : 0);

    if (number.magnitude > limit) {
        errno = ERANGE;
        number.magnitude = limit;
    }
    return (long long)(number.is_negative ? 0 - number.magnitude : number.magnitude);
}

/**
 * Reads a number without a sign: one that has a minus is taken as 2^64 less its magnitude.
 *
 * @param text  as with strtoll()
 * @param end   likewise
 * @param base  likewise
 * @return the number; ULLONG_MAX, errno ERANGE, when it is out of range; else as strtoll()
 */
unsigned long long strtoull(const char *restrict text, char **restrict end, int base)
{
    struct number number = read_number(text, end, base);

    if (number.is_too_large) {
        errno = ERANGE;
        return ULLONG_MAX;
    }
    return number.is_negative ? 0 - number.magnitude : number.magnitude;
}

_Static_assert(sizeof(long) == sizeof(long long), "the next two lose nothing");

/** The same as strtoll(). */
long strtol(const char *restrict text, char **restrict end, int base)
{
    return (long)strtoll(text, end, base);
}

/** The same as strtoull(). */
unsigned long strtoul(const char *restrict text, char **restrict end, int base)
{
    return (unsigned long)strtoull(text, end, base);
}

/** @return the decimal number in a text, as strtol(); what an int cannot hold is cut off */
int atoi(const char *text)
{
    return (int)strtol(text, NULL, 10);
}

/** @return the decimal number in a text, as strtol() */
long atol(const char *text)
{
    return strtol(text, NULL, 10);
}
