/**
 * @file
 * sort: puts lines in order.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

#define FIRST_ROOM 64u

static const char usage[] =
    "usage: sort [-nru] [-o FILE] [FILE...]\n"
    "writes the lines of files, or of standard input (-), in order of their\n"
    "bytes; -n: of the numbers that they begin with; -r: the other way\n"
    "round; -u: of those that are the same, one; -o: to a file\n";

static bool by_number, is_reversed, is_unique;

static char **lines;
static size_t count, room;

/** @return by keys alone: <0, 0, >0 */
static int compare_keys(const char *left, const char *right)
{
    if (by_number) {
        long a = strtol(left, NULL, 10), b = strtol(right, NULL, 10);

        return (a > b) - (a < b);
    }
    return strcmp(left, right);
}

static int compare(const void *left, const void *right)
{
    const char *a = *(char *const *)left, *b = *(char *const *)right;
    int order = compare_keys(a, b);

    if (order == 0 && !is_unique) {
        order = strcmp(a, b); /* so that the order is always the same */
    }
    return is_reversed ? -order : order;
}

/** Adds a line, from malloc(). */
static void add(char *line)
{
    if (line != NULL && count == room) {
        room = room == 0 ? FIRST_ROOM : room * 2;
        lines = realloc(lines, room * sizeof(*lines));
    }
    if (line == NULL || lines == NULL) {
        err(STATUS_USAGE, NULL);
    }
    lines[count++] = line;
}

/** Takes the lines of one file. */
static int take(int descriptor, const char *name)
{
    int copy = dup(descriptor);
    FILE *stream = copy < 0 ? NULL : fdopen(copy, "r");
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    int status = 0;

    while (stream != NULL && (length = getline(&line, &size, stream)) > 0) {
        line[length - (line[length - 1] == '\n')] = '\0';
        add(strdup(line));
    }
    free(line);
    if (stream == NULL || ferror(stream)) {
        warn("%s", name);
        status = STATUS_USAGE;
    }
    if (stream != NULL) {
        fclose(stream);
    }
    return status;
}

/** @return status */
static int write_lines(const char *path)
{
    FILE *output = path == NULL ? stdout : fopen(path, "w");
    int status = 0;

    if (output == NULL) {
        warn("%s", path);
        return STATUS_USAGE;
    }
    for (size_t i = 0; i < count; i++) {
        if (!is_unique || i == 0 || compare_keys(lines[i - 1], lines[i]) != 0) {
            fprintf(output, "%s\n", lines[i]);
        }
    }
    if (path != NULL && fclose(output) != 0) {
        warn("%s", path);
        status = STATUS_USAGE;
    }
    return status;
}

/** @return 0; 2: something could not be read or written */
int main(int argc, char **argv)
{
    const char *output = NULL;
    int option, status;

    while ((option = utility_option(argc, argv, "nro:u", usage)) != -1) {
        by_number |= option == 'n';
        is_reversed |= option == 'r';
        is_unique |= option == 'u';
        output = option == 'o' ? optarg : output;
    }
    status = utility_inputs(argc - optind, argv + optind, take);
    if (status == 0) {
        if (count != 0) {
            qsort(lines, count, sizeof(*lines), compare);
        }
        status = write_lines(output);
    }
    return utility_finish(status) != 0 ? STATUS_USAGE : 0;
}
