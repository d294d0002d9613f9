/**
 * @file
 * cat: writes files one behind the other.
 */
#include <unistd.h>

#include "common.h"

static const char usage[] = "usage: cat [-u] [FILE...]\n"
                            "writes files, or standard input (-), to standard output\n";

static int copy(int descriptor, const char *name)
{
    return utility_copy(descriptor, name, STDOUT_FILENO, "standard output");
}

/** @return 0; 1: a file could not be read, or not be written */
int main(int argc, char **argv)
{
    while (utility_option(argc, argv, "u", usage) != -1) {
        /* -u, do not wait for more, holds always */
    }
    return utility_inputs(argc - optind, argv + optind, copy);
}
