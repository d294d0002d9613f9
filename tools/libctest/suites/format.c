/**
 * @file
 * The printf family, compared with the host's: formats and values are random.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "libc.h"
#include "suites.h"

#define VALUES 8
#define FORMAT_SIZE 160
#define TEXT_SIZE 400

/** A format, and what it takes. Every value goes as 64 bits, of which a conversion takes its
 * own. */
static char format[FORMAT_SIZE];
static uint64_t values[VALUES];
static unsigned count;
static char string[24];

static void append(const char *text)
{
    EXPECT(strlen(format) + strlen(text) < FORMAT_SIZE, "the format is too long");
    strcat(format, text);
}

static void append_number(unsigned number)
{
    char text[12];

    snprintf(text, sizeof(text), "%u", number);
    append(text);
}

/** Appends some flags of those that a conversion may have. */
static void append_flags(const char *flags)
{
    for (; *flags != '\0'; flags++) {
        if (random_chance(20)) {
            append((char[]){*flags, '\0'});
        }
    }
}

/** Appends a width or a precision, or a star whose value may be negative. */
static void append_size(void)
{
    if (random_chance(25)) {
        append("*");
        values[count++] = (uint64_t)(int64_t)((int)random_below(40) - 12);
    } else if (random_chance(80)) {
        append_number((unsigned)random_below(45));
    }
}

static void append_integer(void)
{
    static const char *const lengths[] = {"", "", "", "hh", "h", "l", "ll", "j", "z", "t"};
    static const char *const letters[] = {"d", "i", "u", "o", "x", "X"};

    append("%");
    append_flags("-+ #0");
    if (random_chance(50)) {
        append_size();
    }
    if (random_chance(40)) {
        append(".");
        append_size();
    }
    append(lengths[random_below(10)]);
    append(letters[random_below(6)]);
    values[count++] = random_chance(30) ? random_below(12) : random_wild();
}

static void append_text(void)
{
    append("%");
    append_flags("-");
    if (random_chance(50)) {
        append_size();
    }
    if (random_chance(20)) {
        append("c");
        values[count++] = 'a' + random_below(26);
        return;
    }
    if (random_chance(40)) {
        append(".");
        append_size();
    }
    append("s");
    values[count++] = (uint64_t)(uintptr_t)string;
}

static void make_format(void)
{
    char plain[6];

    format[0] = '\0';
    count = 0;
    random_text(string, sizeof(string), "abcdef");
    while (count + 3 <= VALUES && random_chance(70)) {
        random_text(plain, sizeof(plain), "xyz,");
        append(plain);
        if (random_chance(60)) {
            append_integer();
        } else if (random_chance(80)) {
            append_text();
        } else {
            append(random_chance(50) ? "%%" : "%-p");
            values[count] = 0xABC0 + count;
            count += format[strlen(format) - 1] == 'p';
        }
    }
}

#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static int write_ours(char *to, size_t size)
{
    return libc_snprintf(to, size, format, values[0], values[1], values[2], values[3], values[4],
                         values[5], values[6], values[7]);
}

static int write_theirs(char *to, size_t size)
{
    return snprintf(to, size, format, values[0], values[1], values[2], values[3], values[4],
                    values[5], values[6], values[7]);
}

static void compare(void)
{
    char ours[TEXT_SIZE], theirs[TEXT_SIZE];
    size_t size = random_chance(60) ? TEXT_SIZE : random_below(40);
    int our_length, their_length;

    memset(ours, '#', sizeof(ours));
    memset(theirs, '#', sizeof(theirs));
    our_length = write_ours(ours, size);
    their_length = write_theirs(theirs, size);
    expect_equal((uint64_t)our_length, (uint64_t)their_length, "length of \"%s\"", format);
    EXPECT(memcmp(ours, theirs, sizeof(ours)) == 0, "\"%s\": \"%.99s\", not \"%.99s\"", format,
           ours, theirs);
}

/** What is refused, and how. */
static void refusals(void)
{
    static const struct {
        const char *format, *text;
        int error;
    } wrong[] = {
        {"a%d %f %d", "a7 %f %d", EINVAL},
        {"%q", "%q", EINVAL},
        {"x%", "x%", EINVAL},
        {"%5", "%5", EINVAL},
        {"%n", "%n", EINVAL},
        {"%ls", "%ls", EINVAL},
        {"b%2147483648d", "b", EOVERFLOW},
        {"%.99999999999s", "", EOVERFLOW},
    };
    char text[64];

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        libc_errno = 0;
        step_begin("snprintf(\"%s\")", wrong[i].format);
        expect_equal((uint64_t)libc_snprintf(text, sizeof(text), wrong[i].format, 7, 8, 9),
                     (uint64_t)-1, "what it gives");
        expect_equal((uint64_t)libc_errno, (uint64_t)wrong[i].error, "errno");
        EXPECT(strcmp(text, wrong[i].text) == 0, "it wrote \"%s\"", text);
    }
    EXPECT(libc_snprintf(text, sizeof(text), "%s|%.3s", NULL, NULL) == 10 &&
               strcmp(text, "(null)|(nu") == 0,
           "NULL as a text: \"%s\"", text);
}

static void allocate(void)
{
    char expected[TEXT_SIZE];
    char *text = NULL;
    int length = write_theirs(expected, sizeof(expected));

    expect_equal((uint64_t)libc_asprintf(&text, format, values[0], values[1], values[2], values[3],
                                         values[4], values[5], values[6], values[7]),
                 (uint64_t)length, "length of asprintf(\"%s\")", format);
    EXPECT(text != NULL && strcmp(text, expected) == 0, "asprintf(\"%s\")", format);
    libc_free(text);
}

/** Random formats. */
void format_run(unsigned steps)
{
    refusals();
    heap_give_all();
    for (unsigned i = 0; i < steps; i++) {
        make_format();
        step_begin("\"%s\"", format);
        compare();
        if (random_chance(5)) {
            allocate();
        }
    }
}
