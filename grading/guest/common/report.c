/**
 * @file
 * The form of the reports: a line `key=value` for each.
 */
#include "reports.h"
#include "sink.h"

static void put_text(const char *text)
{
    for (; *text != '\0'; text++) {
        guest_put(*text);
    }
}

void guest_put_hex(uint64_t value, unsigned digits)
{
    for (unsigned shift = 4 * digits; shift > 0; shift -= 4) {
        guest_put("0123456789abcdef"[value >> (shift - 4) & 0xF]);
    }
}

static void put_decimal(uint64_t value)
{
    char digits[20];
    unsigned count = 0;

    do {
        digits[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    while (count > 0) {
        guest_put(digits[--count]);
    }
}

static uint64_t begin(const char *key)
{
    uint64_t state = guest_line_begin();

    put_text(key);
    guest_put('=');
    return state;
}

/** Reports a number, in decimal. */
void guest_report(const char *key, uint64_t value)
{
    uint64_t state = begin(key);

    put_decimal(value);
    guest_line_end(state);
}

/** Reports a number that may be negative, in decimal. */
void guest_report_signed(const char *key, int64_t value)
{
    uint64_t state = begin(key);

    if (value < 0) {
        guest_put('-');
    }
    put_decimal(value < 0 ? -(uint64_t)value : (uint64_t)value);
    guest_line_end(state);
}

/** Reports a number as 0x and 16 digits: addresses, registers. */
void guest_report_hex(const char *key, uint64_t value)
{
    uint64_t state = begin(key);

    put_text("0x");
    guest_put_hex(value, 16);
    guest_line_end(state);
}

/** Reports a string in quotes; what is not printable comes as \xNN. */
void guest_report_text(const char *key, const char *text)
{
    uint64_t state = begin(key);

    guest_put('"');
    for (; *text != '\0'; text++) {
        if (*text >= ' ' && *text <= '~' && *text != '\\' && *text != '"') {
            guest_put(*text);
        } else {
            put_text("\\x");
            guest_put_hex((uint8_t)*text, 2);
        }
    }
    guest_put('"');
    guest_line_end(state);
}

/** Reports bytes, two digits each. */
void guest_report_bytes(const char *key, const void *bytes, size_t count)
{
    uint64_t state = begin(key);

    put_text("bytes:");
    for (size_t i = 0; i < count; i++) {
        guest_put_hex(((const uint8_t *)bytes)[i], 2);
    }
    guest_line_end(state);
}
