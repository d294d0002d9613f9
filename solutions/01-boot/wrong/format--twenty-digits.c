/*
 * exercise: format
 * test: format-limits
 * says: at least (2[1-9]|[3-6]\d) digits is wrong|, base [23],.* is wrong
 * mistake: Gives the digits a buffer for 20, "the longest 64-bit number", and stops when it is
 *     full. That is the longest one in base 10; in base 2 it has 64 digits.
 */
#define MOST_DIGITS 20

size_t format_integer(char out[FORMAT_INTEGER_MAX], uint64_t bits,
                      const struct format_integer_style *style)
{
    const char *symbols = style->upper_case ? "0123456789ABCDEF" : "0123456789abcdef";
    bool negative = style->is_signed && (int64_t)bits < 0;
    uint64_t magnitude = negative ? 0 - bits : bits;
    char reversed[MOST_DIGITS];
    size_t digits = 0;
    size_t length = 0;

    do {
        reversed[digits++] = symbols[magnitude % style->base];
        magnitude /= style->base;
    } while (magnitude > 0 && digits < MOST_DIGITS);
    while (digits < style->digits && digits < MOST_DIGITS) {
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
