/**
 * @file
 * wc: counts lines, words and bytes.
 */
#include <ctype.h>
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

static const char usage[] =
    "usage: wc [-clw] [FILE...]\n"
    "counts lines (-l), words (-w) and bytes (-c) of files, or of standard\n"
    "input (-)\n";

/** What there is to count. */
enum count { LINES, WORDS, BYTES, COUNTS };

static bool shown[COUNTS];
static unsigned long totals[COUNTS];

static void show(const unsigned long *counts, const char *name)
{
    const char *before = "";

    for (int i = 0; i < COUNTS; i++) {
        if (shown[i]) {
            printf("%s%7lu", before, counts[i]);
            before = " ";
        }
    }
    printf("%s%s\n", name == NULL ? "" : " ", name == NULL ? "" : name);
}

/** Counts in one file. */
static int count(int descriptor, const char *name)
{
    static char bytes[COPY_SIZE];
    unsigned long counts[COUNTS] = {0};
    bool in_word = false;
    ssize_t got;

    while ((got = read(descriptor, bytes, sizeof(bytes))) > 0) {
        counts[BYTES] += (unsigned long)got;
        for (ssize_t i = 0; i < got; i++) {
            bool is_blank = isspace((unsigned char)bytes[i]);

            counts[LINES] += bytes[i] == '\n';
            counts[WORDS] += !is_blank && !in_word;
            in_word = !is_blank;
        }
    }
    if (got < 0) {
        warn("%s", name);
    }
    for (int i = 0; i < COUNTS; i++) {
        totals[i] += counts[i];
    }
    show(counts, descriptor == STDIN_FILENO && strcmp(name, "-") == 0 ? NULL : name);
    return got < 0 ? STATUS_FAILED : 0;
}

/** @return 0; 1: a file could not be read */
int main(int argc, char **argv)
{
    int option, status;

    while ((option = utility_option(argc, argv, "clw", usage)) != -1) {
        shown[option == 'c' ? BYTES : option == 'l' ? LINES : WORDS] = true;
    }
    if (!shown[LINES] && !shown[WORDS] && !shown[BYTES]) {
        shown[LINES] = shown[WORDS] = shown[BYTES] = true;
    }
    status = utility_inputs(argc - optind, argv + optind, count);
    if (argc - optind > 1) {
        show(totals, "total");
    }
    return utility_finish(status);
}
