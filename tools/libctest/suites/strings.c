/**
 * @file
 * string.h, strings.h and ctype.h, compared with the host's.
 */
#include <ctype.h>
#include <errno.h>
#include <libgen.h>
#include <string.h>
#include <strings.h>

#include "libc.h"
#include "suites.h"

#define ROOM 40

static char left[ROOM], right[ROOM];
static size_t size;

static int sign(int number)
{
    return (number > 0) - (number < 0);
}

/** Compares two results that lead into the same text. */
static void same_place(const char *what, const void *got, const void *expected)
{
    EXPECT(got == expected, "%s(\"%s\", \"%s\", %zu): %p, not %p", what, left, right, size, got,
           expected);
}

static void same_number(const char *what, uint64_t got, uint64_t expected)
{
    expect_equal(got, expected, "%s(\"%s\", \"%s\", %zu)", what, left, right, size);
}

static void search(void)
{
    int letter = left[0] != '\0' && random_chance(50) ? right[0] : 'q';

    same_place("strchr", libc_strchr(left, letter), strchr(left, letter));
    same_place("strrchr", libc_strrchr(left, letter), strrchr(left, letter));
    same_place("memchr", libc_memchr(left, letter, size), memchr(left, letter, size));
    same_place("strstr", libc_strstr(left, right), strstr(left, right));
    same_place("strpbrk", libc_strpbrk(left, right), strpbrk(left, right));
    same_number("strspn", libc_strspn(left, right), strspn(left, right));
    same_number("strcspn", libc_strcspn(left, right), strcspn(left, right));
    same_number("strnlen", libc_strnlen(left, size), strnlen(left, size));
    same_number("strlen", libc_strlen(left), strlen(left));
}

static void same_order(const char *what, int got, int expected)
{
    EXPECT(sign(got) == sign(expected), "%s(\"%s\", \"%s\", %zu): %d, not %d", what, left, right,
           size, got, expected);
}

static void compare(void)
{
    if (random_chance(50)) { /* the same beginning */
        memcpy(right, left, random_below(strlen(left) + 1));
    }
    same_order("strcmp", libc_strcmp(left, right), strcmp(left, right));
    same_order("strcoll", libc_strcoll(left, right), strcmp(left, right));
    same_order("strncmp", libc_strncmp(left, right, size), strncmp(left, right, size));
    same_order("memcmp", libc_memcmp(left, right, size), memcmp(left, right, size));
    same_order("strcasecmp", libc_strcasecmp(left, right), strcasecmp(left, right));
    same_order("strncasecmp", libc_strncasecmp(left, right, size), strncasecmp(left, right, size));
}

/** What a function has written, in the library's and in the host's memory. */
static char ours[2 * ROOM], theirs[2 * ROOM];

/** Fills both with the same, a text in the beginning. */
static void begin_writing(void)
{
    memset(ours, '#', sizeof(ours));
    strcpy(ours, right);
    memcpy(theirs, ours, sizeof(ours));
}

static void same_bytes(const char *what)
{
    EXPECT(memcmp(ours, theirs, sizeof(ours)) == 0, "%s(\"%s\", \"%s\", %zu) wrote \"%.79s\"", what,
           right, left, size, ours);
}

static void copy(void)
{
    begin_writing();
    same_number("strcpy", (size_t)(libc_strcpy(ours, left) - ours), 0);
    strcpy(theirs, left);
    same_bytes("strcpy");
    begin_writing();
    same_number("stpcpy", (size_t)(libc_stpcpy(ours, left) - ours), strlen(left));
    strcpy(theirs, left);
    same_bytes("stpcpy");
    begin_writing();
    libc_strcat(ours, left);
    strcat(theirs, left);
    same_bytes("strcat");
    begin_writing();
    libc_memmove(ours + size / 2, ours + 3, size);
    memmove(theirs + size / 2, theirs + 3, size);
    same_bytes("memmove");
    begin_writing();
    libc_memset(ours + 2, 'x', size);
    memset(theirs + 2, 'x', size);
    same_bytes("memset");
}

/** A text that ends before the end of what has room, and what is cut off of it: as in POSIX
 * 2024. */
static size_t model_strlcpy(char *to, const char *from, size_t room)
{
    if (room > 0) {
        size_t copied = strlen(from) < room ? strlen(from) : room - 1;

        memmove(to, from, copied);
        to[copied] = '\0';
    }
    return strlen(from);
}

static void copy_some(void)
{
    size_t room, length;

    begin_writing();
    libc_strncpy(ours, left, size);
    for (size_t i = 0; i < size; i++) {
        theirs[i] = i < strlen(left) ? left[i] : '\0';
    }
    same_bytes("strncpy");
    begin_writing();
    libc_strncat(ours, left, size);
    strncat(theirs, left, size);
    same_bytes("strncat");
    begin_writing();
    same_number("strlcpy", libc_strlcpy(ours, left, size), model_strlcpy(theirs, left, size));
    same_bytes("strlcpy");
    begin_writing();
    room = size;
    length = strnlen(theirs, room);
    same_number("strlcat", libc_strlcat(ours, left, room),
                length + model_strlcpy(theirs + length, left, room - length));
    same_bytes("strlcat");
}

static void cut(void)
{
    char *our_rest, *their_rest;
    char *our_word, *their_word;

    begin_writing();
    strcpy(ours, left);
    strcpy(theirs, left);
    our_word = libc_strtok_r(ours, right, &our_rest);
    their_word = strtok_r(theirs, right, &their_rest);
    while (our_word != NULL && their_word != NULL) {
        same_number("strtok_r", (size_t)(our_word - ours), (size_t)(their_word - theirs));
        our_word = libc_strtok_r(NULL, right, &our_rest);
        their_word = strtok_r(NULL, right, &their_rest);
    }
    same_number("strtok_r's end", our_word == NULL, their_word == NULL);
    same_bytes("strtok_r");
}

static void name_parts(void)
{
    random_text(right, ROOM, "/a.");
    if (strncmp(right, "//", 2) == 0 && right[2] != '/') { /* POSIX leaves open what that means */
        right[0] = '.';
    }
    strcpy(ours, right);
    strcpy(theirs, right);
    EXPECT(strcmp(libc_basename(ours), basename(theirs)) == 0, "basename of \"%s\": \"%s\"", right,
           ours);
    strcpy(ours, right);
    strcpy(theirs, right);
    EXPECT(strcmp(libc_dirname(ours), dirname(theirs)) == 0, "dirname of \"%s\": \"%s\"", right,
           ours);
}

static void duplicate(void)
{
    char *whole = libc_strdup(left), *part = libc_strndup(left, size);

    EXPECT(whole != NULL && strcmp(whole, left) == 0, "strdup(\"%s\")", left);
    EXPECT(part != NULL && strncmp(part, left, size) == 0 && strlen(part) == strnlen(left, size),
           "strndup(\"%s\", %zu)", left, size);
    libc_free(whole);
    libc_free(part);
}

#define KIND(name) \
    { \
#name, libc_##name, name \
    }
#define DECLARE(name) int libc_##name(int character)

DECLARE(isalnum);
DECLARE(isalpha);
DECLARE(isblank);
DECLARE(iscntrl);
DECLARE(isdigit);
DECLARE(isgraph);
DECLARE(islower);
DECLARE(isprint);
DECLARE(ispunct);
DECLARE(isspace);
DECLARE(isupper);
DECLARE(isxdigit);
DECLARE(tolower);
DECLARE(toupper);

static void characters(void)
{
    static const struct {
        const char *name;
        int (*ours)(int), (*theirs)(int);
    } kinds[] = {KIND(isalnum), KIND(isalpha), KIND(isblank), KIND(iscntrl),
                 KIND(isdigit), KIND(isgraph), KIND(islower), KIND(isprint),
                 KIND(ispunct), KIND(isspace), KIND(isupper), KIND(isxdigit)};

    for (int i = -1; i < 256; i++) {
        for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
            EXPECT(!kinds[k].ours(i) == !kinds[k].theirs(i), "%s(%d)", kinds[k].name, i);
        }
        expect_equal((uint64_t)libc_tolower(i), (uint64_t)tolower(i), "tolower(%d)", i);
        expect_equal((uint64_t)libc_toupper(i), (uint64_t)toupper(i), "toupper(%d)", i);
    }
}

static void messages(void)
{
    EXPECT(strcmp(libc_strerror(ENOENT), strerror(ENOENT)) == 0, "strerror(ENOENT)");
    EXPECT(strcmp(libc_strerror(41), "Unknown error 41") == 0, "strerror(41)");
    EXPECT(strcmp(libc_strerror(-5), "Unknown error -5") == 0, "strerror(-5)");
    EXPECT(strcmp(libc_strsignal(11), "Segmentation fault") == 0, "strsignal(11)");
    EXPECT(libc_strsignal(-1) != NULL && libc_strsignal(99) != NULL, "strsignal of none");
}

/** Random texts of few different characters, so that much is found. */
void strings_run(unsigned steps)
{
    static void (*const parts[])(void) = {search, compare,    copy,     copy_some,
                                          cut,    name_parts, duplicate};

    characters();
    messages();
    heap_give_all();
    for (unsigned i = 0; i < steps; i++) {
        random_text(left, ROOM, "abcAB ,");
        random_text(right, random_chance(50) ? 4 : ROOM, "abcAB ,");
        size = random_below(ROOM - 4);
        parts[random_below(sizeof(parts) / sizeof(parts[0]))]();
    }
}
