/**
 * @file
 * seq: counts.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

static const char usage[] = "usage: seq [FIRST [STEP]] LAST\n"
                            "writes whole numbers from FIRST (1) to LAST, one on a line\n";

static long number_of(const char *text)
{
    char *end;
    long number;

    errno = 0;
    number = strtol(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0) {
        warnx("%s: not a number", text);
        utility_usage(usage);
    }
    return number;
}

/** @return 0; 1: it could not be written */
int main(int argc, char **argv)
{
    int first = 1;
    long number = 1, step = 1, last;

    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        utility_option(argc, argv, "", usage); /* else a minus begins a number */
    }
    if (argc < 2 || argc > 4) {
        utility_usage(usage);
    }
    if (argc > 2) {
        number = number_of(argv[first++]);
    }
    if (argc > 3) {
        step = number_of(argv[first++]);
    }
    last = number_of(argv[first]);
    if (step == 0) {
        errx(STATUS_USAGE, "a step of 0 leads nowhere");
    }
    while ((step > 0 ? number <= last : number >= last) && utility_can_write()) {
        printf("%ld\n", number);
        if (__builtin_add_overflow(number, step, &number)) {
            break;
        }
    }
    return utility_finish(0);
}
