/*
 * exercise: format
 * test: format-limits
 * says: format_integer\(\) of 0,.* is wrong
 * mistake: Asks whether anything is left before writing a digit, so zero has none. printk hides it:
 *     it always asks for at least one digit, which the loop for the zeros then makes.
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

    while (magnitude > 0) {
        reversed[digits++] = symbols[magnitude % style->base];
        magnitude /= style->base;
    }
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
