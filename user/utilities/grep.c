/**
 * @file
 * grep: writes the lines in which a pattern is found.
 *
 * A pattern is a row of elements, each a set of bytes, that may be repeated (*). All places in the
 * pattern that the bytes so far can have led to are followed at once, so that no pattern takes
 * long.
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

#define STATUS_NONE 1 /* POSIX: no line was found */
#define STATUS_ERROR 2
#define ELEMENTS_MAX 512

static const char usage[] =
    "usage: grep [-cFhHilnqsvx] [-e] PATTERN [FILE...]\n"
    "writes the lines of files, or of standard input (-), in which the pattern is found:\n"
    ". any byte, [...] one of these, * the one before any number of times, ^ $ begin and end of\n"
    "a line, \\ the next byte means itself\n"
    "-c counts them, -F no byte is special, -h without names, -H with names, -i upper and lower\n"
    "case are the same, -l only names of files, -n with numbers, -q only the status, -s without\n"
    "errors, -v lines in which it is not found, -x only whole lines\n"
    "status: 0 found, 1 not found, 2 error\n";

/** A set of bytes of which one has to come. */
struct element {
    uint8_t bytes[256 / 8];
    bool repeats;
};

static struct element elements[ELEMENTS_MAX];
static size_t element_count;
static bool at_begin, at_end; /* of the pattern: ^ and $ */

/* Options. */
static bool counts, is_fixed, hides_names, shows_names, ignores_case, names_only, shows_numbers;
static bool is_quiet, hides_errors, inverts, whole_lines;

static bool has_found, has_failed;

static void add_byte(struct element *element, unsigned char byte)
{
    element->bytes[byte / 8] |= (uint8_t)(1u << byte % 8);
    if (ignores_case) {
        unsigned char other = (unsigned char)(isupper(byte) ? tolower(byte) : toupper(byte));

        element->bytes[other / 8] |= (uint8_t)(1u << other % 8);
    }
}

static bool has_byte(const struct element *element, unsigned char byte)
{
    return (element->bytes[byte / 8] >> byte % 8 & 1) != 0;
}

/** Reads [...]. @param text behind the [ @return behind the ] */
static const char *read_set(struct element *element, const char *text)
{
    bool is_not = *text == '^';
    const char *begin = text + is_not;

    for (text = begin; *text != ']' || text == begin; text++) {
        unsigned first = (unsigned char)*text, last = first;

        if (*text == '\0') {
            errx(STATUS_ERROR, "a [ is not closed");
        }
        if (text[1] == '-' && text[2] != ']' && text[2] != '\0') {
            text += 2;
            last = (unsigned char)*text;
        }
        for (unsigned byte = first; byte <= last; byte++) {
            add_byte(element, (unsigned char)byte);
        }
    }
    for (size_t i = 0; is_not && i < sizeof(element->bytes); i++) {
        element->bytes[i] = (uint8_t)~element->bytes[i];
    }
    return text + 1;
}

/** Reads one element. @return behind it */
static const char *read_element(struct element *element, const char *text)
{
    if (!is_fixed && *text == '.') {
        memset(element->bytes, 0xFF, sizeof(element->bytes));
        return text + 1;
    }
    if (!is_fixed && *text == '[') {
        return read_set(element, text + 1);
    }
    if (!is_fixed && *text == '\\') {
        if (text[1] == '\0') {
            errx(STATUS_ERROR, "a \\ ends the pattern");
        }
        text++;
    }
    add_byte(element, (unsigned char)*text);
    return text + 1;
}

/** Reads the pattern. */
static void read_pattern(const char *text)
{
    if (!is_fixed && *text == '^') {
        at_begin = true;
        text++;
    }
    while (*text != '\0') {
        struct element *element = &elements[element_count];

        if (!is_fixed && text[0] == '$' && text[1] == '\0') {
            at_end = true;
            break;
        }
        if (element_count++ == ELEMENTS_MAX) {
            errx(STATUS_ERROR, "the pattern is too long");
        }
        text = read_element(element, text);
        while (!is_fixed && *text == '*') {
            element->repeats = true;
            text++;
        }
    }
    at_begin |= whole_lines;
    at_end |= whole_lines;
}

/** Marks a place in the pattern, and those behind it that need no byte. */
static void enter(bool *places, size_t place)
{
    places[place] = true;
    while (place < element_count && elements[place].repeats) {
        places[++place] = true;
    }
}

/** Follows one byte. @param now places that were reached @param next set to those behind the
 * byte */
static void follow(const bool *now, bool *next, unsigned char byte)
{
    memset(next, 0, element_count + 1);
    for (size_t place = 0; place < element_count; place++) {
        if (now[place] && has_byte(&elements[place], byte)) {
            enter(next, elements[place].repeats ? place : place + 1);
        }
    }
}

/** @return whether the pattern is found in a line */
static bool matches(const char *line, size_t length)
{
    static bool places[2][ELEMENTS_MAX + 1];
    bool *now = places[0], *next = places[1], *before;

    memset(now, 0, element_count + 1);
    enter(now, 0);
    for (size_t i = 0; i < length; i++) {
        if (now[element_count] && !at_end) {
            return true;
        }
        follow(now, next, (unsigned char)line[i]);
        if (!at_begin) {
            enter(next, 0);
        }
        before = now;
        now = next;
        next = before;
    }
    return now[element_count];
}

static void show(const char *name, unsigned long number, const char *line, size_t length)
{
    if (shows_names) {
        printf("%s:", name);
    }
    if (shows_numbers) {
        printf("%lu:", number);
    }
    fwrite(line, 1, length, stdout);
    putchar('\n');
}

static void tell(const char *name)
{
    if (!hides_errors) {
        warn("%s", name);
    }
    has_failed = true;
}

/** Says what was found in one file. */
static void show_result(const char *name, unsigned long found)
{
    has_found |= found != 0;
    if (names_only && !is_quiet && found != 0) {
        printf("%s\n", name);
    }
    if (counts && !names_only && !is_quiet) {
        if (shows_names) {
            printf("%s:", name);
        }
        printf("%lu\n", found);
    }
}

/** Looks through a stream. */
static void search_stream(FILE *stream, const char *name)
{
    unsigned long number = 0, found = 0;
    bool stops = is_quiet || names_only, is_silent = stops || counts;
    char *line = NULL;
    size_t room = 0;
    ssize_t length;

    while (!(stops && found != 0) && utility_can_write() &&
           (length = getline(&line, &room, stream)) > 0) {
        length -= line[length - 1] == '\n';
        number++;
        if (matches(line, (size_t)length) != inverts) {
            found++;
            if (!is_silent) {
                show(name, number, line, (size_t)length);
            }
        }
    }
    if (ferror(stream)) {
        tell(name);
    }
    free(line);
    show_result(name, found);
}

/** Looks through one file. */
static void search(const char *path)
{
    bool is_input = strcmp(path, "-") == 0;
    FILE *stream = is_input ? stdin : fopen(path, "r");

    if (stream == NULL) {
        tell(path);
        return;
    }
    search_stream(stream, is_input ? "(standard input)" : path);
    if (!is_input) {
        fclose(stream);
    }
}

/** Sets an option without argument. */
static void set_option(int option)
{
    static bool *const flags[128] = {
        ['c'] = &counts,       ['F'] = &is_fixed,   ['h'] = &hides_names,   ['H'] = &shows_names,
        ['i'] = &ignores_case, ['l'] = &names_only, ['n'] = &shows_numbers, ['q'] = &is_quiet,
        ['s'] = &hides_errors, ['v'] = &inverts,    ['x'] = &whole_lines,
    };

    *flags[option] = true;
}

/** @return 0: found; 1: not found; 2: an error */
int main(int argc, char **argv)
{
    const char *pattern = NULL;
    int option;

    while ((option = utility_option(argc, argv, "ce:FhHilnqsvx", usage)) != -1) {
        if (option == 'e') {
            pattern = optarg;
        } else {
            set_option(option);
        }
    }
    if (pattern == NULL && optind < argc) {
        pattern = argv[optind++];
    }
    if (pattern == NULL) {
        utility_usage(usage);
    }
    read_pattern(pattern);
    shows_names = (shows_names || argc - optind > 1) && !hides_names;
    if (optind == argc) {
        search("-");
    }
    for (int i = optind; i < argc && !(is_quiet && has_found); i++) {
        search(argv[i]);
    }
    if (utility_finish(0) != 0 || (has_failed && !(is_quiet && has_found))) {
        return STATUS_ERROR;
    }
    return has_found ? 0 : STATUS_NONE;
}
