/**
 * @file
 * Messages about what went wrong (ISO C11 7.21.10.4, perror; the others: BSD).
 */
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program_name.h"

/** Longest message that is written whole. */
#define MESSAGE_MAX 1024

/**
 * Writes what errno means to stderr.
 *
 * @param text  stands before it with a colon; NULL or "": nothing does
 */
void perror(const char *text)
{
    bool is_empty = text == NULL || *text == '\0';

    fprintf(stderr, "%s%s%s\n", is_empty ? "" : text, is_empty ? "" : ": ", strerror(errno));
}

/** Writes a message, in one piece so that those of different programs do not mix. */
static void tell(const char *why, const char *format, va_list values)
{
    char message[MESSAGE_MAX];

    vsnprintf(message, sizeof(message), format, values);
    fprintf(stderr, "%s: %s%s%s\n", getprogname(), message, why == NULL ? "" : ": ",
            why == NULL ? "" : why);
}

/** Writes the program's name, a text, and what errno means to stderr. */
void warn(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    tell(strerror(errno), format, values);
    va_end(values);
}

/** Writes the program's name and a text to stderr. */
void warnx(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    tell(NULL, format, values);
    va_end(values);
}

/** Does what warn() does, and exits. @param status as with exit() */
noreturn void err(int status, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    tell(strerror(errno), format, values);
    va_end(values);
    exit(status);
}

/** Does what warnx() does, and exits. @param status as with exit() */
noreturn void errx(int status, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    tell(NULL, format, values);
    va_end(values);
    exit(status);
}
