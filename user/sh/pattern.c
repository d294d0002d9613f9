/**
 * @file
 * Patterns: see pattern.h (IEEE 1003.1, Shell Command Language, 2.13).
 */
#include "pattern.h"

#include <ctype.h>
#include <string.h>

/** A class of bytes, as in [[:digit:]]. */
struct class
{
    const char *name;
    int (*has)(int byte);
};

static const struct class classes[] = {
    {"[:alnum:]", isalnum}, {"[:alpha:]", isalpha}, {"[:blank:]", isblank},
    {"[:cntrl:]", iscntrl}, {"[:digit:]", isdigit}, {"[:graph:]", isgraph},
    {"[:lower:]", islower}, {"[:print:]", isprint}, {"[:punct:]", ispunct},
    {"[:space:]", isspace}, {"[:upper:]", isupper}, {"[:xdigit:]", isxdigit},
};

/** Takes a byte of a pattern, or the one that a backslash stands before. */
static unsigned char take(const char **pattern)
{
    if (**pattern == '\\' && (*pattern)[1] != '\0') {
        (*pattern)++;
    }
    return (unsigned char)*(*pattern)++;
}

/** Takes a class's name. @return it; NULL: none comes next */
static const struct class *take_class(const char **pattern)
{
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        size_t length = strlen(classes[i].name);

        if (strncmp(*pattern, classes[i].name, length) == 0) {
            *pattern += length;
            return &classes[i];
        }
    }
    return NULL;
}

/** Takes a byte, a range or a class out of [...]. @return whether it has `byte` */
static bool take_member(const char **pattern, unsigned char byte)
{
    const struct class *class = take_class(pattern);
    unsigned char first, last;

    if (class != NULL) {
        return class->has(byte) != 0;
    }
    first = last = take(pattern);
    if ((*pattern)[0] == '-' && (*pattern)[1] != ']' && (*pattern)[1] != '\0') {
        (*pattern)++;
        last = take(pattern);
    }
    return first <= byte && byte <= last;
}

/**
 * Takes what follows a [.
 *
 * @param pattern  behind the [; moved behind the ] if there is one
 * @param byte     what is compared
 * @param matches  set to whether it matches
 * @return whether there is a ]: else the [ means itself
 */
static bool take_bracket(const char **pattern, unsigned char byte, bool *matches)
{
    const char *next = *pattern;
    bool is_not = *next == '!' || *next == '^';
    bool found = false;

    next += is_not ? 1 : 0;
    do {
        if (*next == '\0') {
            return false;
        }
        found |= take_member(&next, byte);
    } while (*next != ']');
    *pattern = next + 1;
    *matches = found != is_not;
    return true;
}

/** Takes one element of a pattern that is no *. @return whether `byte` matches it */
static bool take_element(const char **pattern, unsigned char byte)
{
    bool matches;

    if (**pattern == '?') {
        (*pattern)++;
        return true;
    }
    if (**pattern == '[') {
        const char *inside = *pattern + 1;

        if (take_bracket(&inside, byte, &matches)) {
            *pattern = inside;
            return matches;
        }
    }
    return take(pattern) == byte;
}

/**
 * Compares a text with a pattern.
 *
 * @param pattern  ends with NUL
 * @param text     what is compared
 * @param length   its length, in bytes
 * @return whether all of the text matches
 */
bool pattern_matches(const char *pattern, const char *text, size_t length)
{
    const char *end = text + length, *after_star = NULL, *retry = NULL;

    /* Only the last * is tried with more text: what the ones before took is enough. */
    while (text < end || *pattern != '\0') {
        const char *next = pattern;

        if (*pattern == '*') {
            after_star = ++pattern;
            retry = text;
        } else if (text < end && *pattern != '\0' && take_element(&next, (unsigned char)*text)) {
            pattern = next;
            text++;
        } else if (after_star != NULL && retry < end) {
            pattern = after_star;
            text = ++retry;
        } else {
            return false;
        }
    }
    return true;
}

/** @return whether a pattern could match anything but itself */
bool pattern_is_special(const char *pattern)
{
    for (; *pattern != '\0'; pattern++) {
        if (*pattern == '\\' && pattern[1] != '\0') {
            pattern++;
        } else if (*pattern == '*' || *pattern == '?') {
            return true;
        } else if (*pattern == '[' && strchr(pattern, ']') != NULL) {
            return true;
        }
    }
    return false;
}

/** Takes the backslashes off a pattern. @return how long it is then */
size_t pattern_plain(char *pattern)
{
    const char *from = pattern;
    char *to = pattern;

    while (*from != '\0') {
        *to++ = (char)take(&from);
    }
    *to = '\0';
    return (size_t)(to - pattern);
}
