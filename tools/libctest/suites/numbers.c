/**
 * @file
 * strtol and its relatives, compared with the host's.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libc.h"
#include "suites.h"

#define ROOM 90

static char text[ROOM];
static int base;

/** Makes a text out of pieces of which numbers consist, right ones and others. */
static void make_pieces(void)
{
    static const char *const pieces[] = {" ",  "\t\n\v\f\r", "-", "+", "0", "0x",
                                         "0X", "x",          "1", "7", "8", "9",
                                         "a",  "F",          "z", "Z", "_", "12345"};

    text[0] = '\0';
    for (unsigned count = (unsigned)random_below(7); count > 0; count--) {
        strcat(text, pieces[random_below(sizeof(pieces) / sizeof(pieces[0]))]);
    }
}

/** Writes a number in any base. */
static void write_in_base(char *to, unsigned __int128 number)
{
    char reversed[140];
    size_t digits = 0;
    unsigned in = base < 2 || base > 36 ? 10 : (unsigned)base;

    do {
        reversed[digits++] = "0123456789abcdefghijklmnopqrstuvwxyz"[number % in];
        number /= in;
    } while (number > 0);
    while (digits > 0) {
        *to++ = reversed[--digits];
    }
    *to = '\0';
}

/** Makes a number that is about as large as can be. */
static void make_border(void)
{
    static const uint64_t borders[] = {LONG_MAX, (uint64_t)LONG_MAX + 1, ULONG_MAX, INT_MAX, 0};
    unsigned __int128 number = borders[random_below(5)];

    number += random_below(5);
    number = number >= 2 ? number - 2 : number;
    text[0] = '\0';
    strcat(text, random_chance(50) ? "-" : "");
    write_in_base(text + strlen(text), number);
}

/** What a function gives. */
struct result {
    uint64_t value;
    ptrdiff_t end;
    int error;
};

static void compare(const char *name, struct result got, struct result expected)
{
    bool has_base = base == 0 || (base >= 2 && base <= 36); /* else POSIX says nothing of the end */

    EXPECT(got.value == expected.value && got.error == expected.error &&
               (!has_base || got.end == expected.end),
           "%s(\"%s\", %d): %#lx, end %td, errno %d; not %#lx, end %td, errno %d", name, text, base,
           got.value, got.end, got.error, expected.value, expected.end, expected.error);
}

#define CHECK(name) \
    do { \
        char *end = text; \
        struct result got, expected; \
\
        libc_errno = errno = 0; \
        got.value = (uint64_t)libc_##name(text, &end, base); \
        got.end = end - text; \
        got.error = libc_errno; \
        end = text; \
        expected.value = (uint64_t)name(text, &end, base); \
        expected.end = end - text; \
        expected.error = errno; \
        compare(#name, got, expected); \
    } while (0)

/** Random texts in all bases, and in some that are none. */
void numbers_run(unsigned steps)
{
    static const int bases[] = {0, 10, 16, 8, 2, 36, 37, 1, -10};

    for (unsigned i = 0; i < steps; i++) {
        base = random_chance(70) ? bases[random_below(9)] : (int)random_below(37);
        if (random_chance(50)) {
            make_pieces();
        } else {
            make_border();
        }
        CHECK(strtol);
        CHECK(strtoll);
        CHECK(strtoul);
        CHECK(strtoull);
        expect_equal((uint64_t)libc_atoi(text), (uint64_t)atoi(text), "atoi(\"%s\")", text);
        expect_equal((uint64_t)libc_atol(text), (uint64_t)atol(text), "atol(\"%s\")", text);
    }
}
