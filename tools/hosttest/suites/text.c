/**
 * @file
 * Suite "text": lib/ against the C library of the host.
 */
#include <stdio.h>
#include <string.h>

#include "harness.h"
#include "lib/format.h"
#include "suites/suites.h"

#define ROOM 256
#define TEXT_ROOM 160

/* What string.c's functions are called here: see the Makefile. */
void *kernel_memcpy(void *restrict to, const void *restrict from, size_t size);
void *kernel_memmove(void *to, const void *from, size_t size);
void *kernel_memset(void *to, int byte, size_t size);
int kernel_memcmp(const void *left, const void *right, size_t size);
size_t kernel_strlen(const char *text);

static int sign(int number)
{
    return (number > 0) - (number < 0);
}

static void compare_blocks(void)
{
    uint8_t found[ROOM], expected[ROOM];
    size_t size = random_below(ROOM / 2), to = random_below(ROOM / 2),
           from = random_below(ROOM / 2);
    int byte = (int)random_next();

    for (size_t i = 0; i < ROOM; i++) {
        expected[i] = found[i] = (uint8_t)random_below(3);
    }
    step_begin("blocks of %zu bytes, from %zu to %zu", size, from, to);
    EXPECT(kernel_memmove(found + to, found + from, size) == found + to, "memmove()'s result");
    memmove(expected + to, expected + from, size);
    EXPECT(memcmp(found, expected, ROOM) == 0, "memmove()");
    EXPECT(kernel_memset(found + from, byte, size) == found + from, "memset()'s result");
    memset(expected + from, byte, size);
    EXPECT(memcmp(found, expected, ROOM) == 0, "memset()");
    EXPECT(kernel_memcpy(found, expected + ROOM / 2, size) == found, "memcpy()'s result");
    memcpy(expected, expected + ROOM / 2, size);
    EXPECT(memcmp(found, expected, ROOM) == 0, "memcpy()");
    EXPECT(sign(kernel_memcmp(found + to, found + from, size)) ==
               sign(memcmp(found + to, found + from, size)),
           "memcmp()");
}

static void random_text(char text[16])
{
    size_t length = random_below(16);

    for (size_t i = 0; i < length; i++) {
        text[i] = (char)(random_chance(80) ? 'a' : 1 + random_below(255));
    }
    text[length] = '\0';
}

static void compare_texts(void)
{
    char text[16];

    random_text(text);
    step_begin("a text of %zu characters", strlen(text));
    expect_equal(kernel_strlen(text), strlen(text), "strlen()");
}

/** A conversion of an integer that C defines, and that the kernel's subset has. */
static void random_conversion(char format[32])
{
    static const char *const lengths[] = {"", "l", "z"};
    static const char letters[] = "dux";
    char *at = format;

    *at++ = '%';
    at += sprintf(at, "%s", random_chance(30) ? "-" : random_chance(30) ? "0" : "");
    at += random_chance(60) ? sprintf(at, "%u", 1 + (unsigned)random_below(30)) : 0;
    sprintf(at, "%s%c", lengths[random_below(3)], letters[random_below(3)]);
}

static void compare_formats(void)
{
    char format[32], found[TEXT_ROOM], expected[TEXT_ROOM];
    uint64_t number = random_wild();
    size_t room = 1 + random_below(TEXT_ROOM);

    random_conversion(format);
    step_begin("\"%s\" of %#lx into %zu bytes", format, number, room);
    snprintf(expected, room, format, number);
    format_to_buffer(found, room, format, number);
    EXPECT(strcmp(found, expected) == 0, "expected \"%s\", found \"%s\"", expected, found);
}

/** Runs the suite. */
void text_run(unsigned steps)
{
    while (steps-- > 0) {
        compare_blocks();
        compare_texts();
        compare_formats();
    }
}
