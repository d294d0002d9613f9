/*
 * exercise: format
 * test: format-numbers
 * says: expected: '-0
 * mistake: Puts the minus sign among the reversed digits too early, so that it counts as one of the
 *     digits that the style asks for and stands behind the zeros: 00-5 where -0005 was wanted.
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
    if (negative) {
        reversed[digits++] = '-';
    }
    while (digits < style->digits) {
        reversed[digits++] = '0';
    }
    while (digits > 0) {
        out[length++] = reversed[--digits];
    }
    return length;
}
