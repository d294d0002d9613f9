/*
 * exercise: format
 * test: format-numbers
 * says: of 18446744073709551615 \(UINT64_MAX\).* is wrong
 * mistake: Keeps the magnitude in an unsigned int. Everything the boot prints in decimal is small
 *     enough; addresses lose their upper half.
 */
size_t format_integer(char out[FORMAT_INTEGER_MAX], uint64_t bits,
                      const struct format_integer_style *style)
{
    const char *symbols = style->upper_case ? "0123456789ABCDEF" : "0123456789abcdef";
    bool negative = style->is_signed && (int64_t)bits < 0;
    unsigned magnitude = (unsigned)(negative ? 0 - bits : bits);
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
