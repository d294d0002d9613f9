/*
 * exercise: format
 * test: format-limits
 * says: of -9223372036854775808 \(INT64_MIN\).* is wrong
 * mistake: Computes with a signed number and turns it round with a minus sign. The smallest one has
 *     no positive counterpart: -INT64_MIN is INT64_MIN again (and undefined in C), so every digit
 *     comes out negative. The guard against that is tempting and wrong too: it prints one less.
 */
size_t format_integer(char out[FORMAT_INTEGER_MAX], uint64_t bits,
                      const struct format_integer_style *style)
{
    const char *symbols = style->upper_case ? "0123456789ABCDEF" : "0123456789abcdef";
    bool negative = style->is_signed && (int64_t)bits < 0;
    int64_t value = (int64_t)bits;
    uint64_t magnitude = bits;
    char reversed[FORMAT_INTEGER_MAX];
    size_t digits = 0;
    size_t length = 0;

    if (negative) {
        if (value == INT64_MIN) {
            value++; /* or the next line would overflow */
        }
        magnitude = (uint64_t)-value;
    }
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
