/**
 * @file
 * cmp: compares two files byte by byte.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

#define STATUS_DIFFERENT 1
#define STATUS_ERROR 2

static const char usage[] = "usage: cmp [-l | -s] FILE FILE\n"
                            "compares two files; one of them may be standard input (-)\n"
                            "-l lists all bytes that differ, in octal digits; -s only the status\n"
                            "status: 0 the same, 1 different, 2 error\n";

static bool lists_all, is_silent;

static FILE *open_file(const char *path)
{
    FILE *stream = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");

    if (stream == NULL && !is_silent) {
        warn("%s", path);
    }
    if (stream == NULL) {
        exit(STATUS_ERROR);
    }
    return stream;
}

/** Tells of a byte that differs. @return whether to go on */
static bool tell(char *const names[], const int bytes[], unsigned long offset, unsigned long line)
{
    if (lists_all) {
        printf("%lu %o %o\n", offset, (unsigned)bytes[0], (unsigned)bytes[1]);
    } else if (!is_silent) {
        printf("%s %s differ: char %lu, line %lu\n", names[0], names[1], offset, line);
    }
    return lists_all;
}

/** Tells that one file ends before the other. */
static void tell_end(const char *name, unsigned long offset)
{
    if (!is_silent) {
        fflush(stdout);
        warnx("EOF on %s after byte %lu", name, offset);
    }
}

/** @return whether two files are the same */
static bool compare(char *const names[], FILE *const streams[])
{
    unsigned long offset = 0, line = 1;
    bool is_same = true, more = true;
    int bytes[2];

    while (more) {
        bytes[0] = getc(streams[0]);
        bytes[1] = getc(streams[1]);
        if (ferror(streams[0]) || ferror(streams[1])) {
            err(STATUS_ERROR, "%s", names[ferror(streams[0]) ? 0 : 1]);
        }
        if (bytes[0] == EOF && bytes[1] == EOF) {
            return is_same;
        }
        if (bytes[0] == EOF || bytes[1] == EOF) {
            tell_end(names[bytes[0] == EOF ? 0 : 1], offset);
            return false;
        }
        offset++;
        if (bytes[0] != bytes[1]) {
            is_same = false;
            more = tell(names, bytes, offset, line);
        }
        line += bytes[0] == '\n';
    }
    return is_same;
}

/** @return 0: the same; 1: different; 2: an error */
int main(int argc, char **argv)
{
    FILE *streams[2];
    int option;
    bool is_same;

    while ((option = utility_option(argc, argv, "ls", usage)) != -1) {
        lists_all = option == 'l';
        is_silent = option == 's';
    }
    if (argc - optind != 2) {
        utility_usage(usage);
    }
    streams[0] = open_file(argv[optind]);
    streams[1] = open_file(argv[optind + 1]);
    is_same = compare(argv + optind, streams);
    return utility_finish(0) != 0 ? STATUS_ERROR : is_same ? 0 : STATUS_DIFFERENT;
}
