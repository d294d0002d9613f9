/**
 * @file
 * head: writes the beginning of files.
 */
#include <ctype.h>
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

static const char usage[] = "usage: head [-n LINES | -c BYTES] [FILE...]\n"
                            "writes the first 10 lines of files, or of standard input (-)\n";

static unsigned long wanted = 10;
static bool in_bytes, has_titles;

/** @return how many of the bytes are wanted. @param left counts what is still wanted */
static size_t take(const char *bytes, size_t size, unsigned long *left)
{
    size_t taken = 0;

    if (in_bytes) {
        taken = size < *left ? size : *left;
        *left -= taken;
        return taken;
    }
    while (taken < size && *left != 0) {
        *left -= bytes[taken] == '\n';
        taken++;
    }
    return taken;
}

/** Sets a file back to what was not wanted, for those who read on. */
static void give_back(int descriptor, size_t size)
{
    if (size != 0) {
        lseek(descriptor, -(off_t)size, SEEK_CUR); /* a pipe cannot, and need not */
    }
}

static void write_title(const char *name)
{
    static bool is_later;

    printf("%s==> %s <==\n", is_later ? "\n" : "",
           strcmp(name, "-") == 0 ? "standard input" : name);
    fflush(stdout);
    is_later = true;
}

/** Writes the beginning of one file. */
static int write_beginning(int descriptor, const char *name)
{
    static char bytes[COPY_SIZE];
    unsigned long left = wanted;
    ssize_t got = 0;

    if (has_titles) {
        write_title(name);
    }
    while (left != 0 && (got = read(descriptor, bytes, sizeof(bytes))) > 0) {
        size_t size = take(bytes, (size_t)got, &left);

        give_back(descriptor, (size_t)got - size);
        if (fwrite(bytes, 1, size, stdout) != size) {
            return STATUS_FAILED; /* told at the end */
        }
    }
    if (got < 0) {
        warn("%s", name);
    }
    return got < 0 ? STATUS_FAILED : 0;
}

/** Takes -NUMBER, as it was written once, for -n NUMBER. */
static void read_old_option(int *argc, char ***argv)
{
    if (*argc > 1 && (*argv)[1][0] == '-' && isdigit((unsigned char)(*argv)[1][1])) {
        wanted = utility_number((*argv)[1] + 1, usage);
        (*argv)[1] = (*argv)[0];
        ++*argv;
        --*argc;
    }
}

/** @return 0; 1: a file could not be read, or not be written */
int main(int argc, char **argv)
{
    int option;

    read_old_option(&argc, &argv);
    while ((option = utility_option(argc, argv, "c:n:", usage)) != -1) {
        in_bytes = option == 'c';
        wanted = in_bytes ? utility_size(optarg, usage) : utility_number(optarg, usage);
    }
    has_titles = argc - optind > 1;
    return utility_finish(utility_inputs(argc - optind, argv + optind, write_beginning));
}
