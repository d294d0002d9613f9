/**
 * @file
 * tee: copies its input to files and to its output.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "common.h"

static const char usage[] =
    "usage: tee [-a] [FILE...]\n"
    "copies standard input to standard output and to files; -a: to their ends\n";

/** Opens all outputs. @return descriptors, -1: it cannot be written, which was told */
static int *open_outputs(int count, char *const paths[], bool appends, int *status)
{
    int *outputs = calloc((size_t)count + 1, sizeof(*outputs));
    int flags = O_WRONLY | O_CREAT | (appends ? O_APPEND : O_TRUNC);

    if (outputs == NULL) {
        err(STATUS_FAILED, NULL);
    }
    outputs[0] = STDOUT_FILENO;
    for (int i = 0; i < count; i++) {
        outputs[i + 1] = open(paths[i], flags, 0666);
        if (outputs[i + 1] < 0) {
            warn("%s", paths[i]);
            *status = STATUS_FAILED;
        }
    }
    return outputs;
}

/** @return whether one of the outputs can still be written */
static bool is_any(const int *outputs, int count)
{
    int i = 0;

    while (i <= count && outputs[i] < 0) {
        i++;
    }
    return i <= count;
}

/** Says that an output could not be written; not of a pipe whose reader has gone. */
static void tell_unwritten(const char *name)
{
    if (errno != EPIPE) {
        warn("%s", name);
    }
}

int main(int argc, char **argv)
{
    static char bytes[COPY_SIZE];
    int count, status = 0;
    bool appends = false;
    int *outputs;
    ssize_t got = 0;

    while (utility_option(argc, argv, "a", usage) != -1) {
        appends = true;
    }
    count = argc - optind;
    outputs = open_outputs(count, argv + optind, appends, &status);
    while (is_any(outputs, count) && (got = read(STDIN_FILENO, bytes, sizeof(bytes))) > 0) {
        for (int i = 0; i <= count; i++) {
            if (outputs[i] >= 0 && !utility_write(outputs[i], bytes, (size_t)got)) {
                tell_unwritten(i == 0 ? "standard output" : argv[optind + i - 1]);
                outputs[i] = -1; /* the others go on */
                status = STATUS_FAILED;
            }
        }
    }
    if (got < 0) {
        warn("standard input");
        status = STATUS_FAILED;
    }
    free(outputs);
    return status;
}
