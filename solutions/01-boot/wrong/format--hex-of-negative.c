/*
 * exercise: format
 * test: format-numbers
 * says: of -\d+ \(.*\), base (?!10,).*, signed.* is wrong
 * mistake: Takes the sign into account in base 10 only, as printf's %x does. But there the caller
 *     says so: %x is an unsigned conversion. A style that is signed is signed in every base.
 */
size_t format_integer(char out[FORMAT_INTEGER_MAX], uint64_t bits,
                      const struct format_integer_style *style)
{
    const char *symbols = style->upper_case ? "0123456789ABCDEF" : "0123456789abcdef";
    bool negative = style->base == 10 && style->is_signed && (int64_t)bits < 0;
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
