/**
 * @file
 * tail: writes the end of files.
 *
 * In a file, the place where the end begins is looked for from behind. Of a pipe, as much is kept
 * as may be the end: the last lines, each with memory of its own, or the last bytes.
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

static const char usage[] =
    "usage: tail [-n [+]LINES | -c [+]BYTES] [FILE...]\n"
    "writes the last 10 lines of files, or of standard input (-); with a +,\n"
    "everything from that line or byte on\n";

static unsigned long wanted = 10;
static bool in_bytes, from_begin, has_titles;

static char block[COPY_SIZE];

static int fail(const char *name)
{
    warn("%s", name);
    return STATUS_FAILED;
}

static int write_out(const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, stdout) == size ? 0 : STATUS_FAILED; /* told at the end */
}

/** Writes everything from the wanted line or byte on. */
static int write_from(int descriptor, const char *name)
{
    unsigned long left = wanted == 0 ? 0 : wanted - 1; /* what is skipped */
    int status = 0;
    ssize_t got;

    while (status == 0 && (got = read(descriptor, block, sizeof(block))) > 0) {
        ssize_t skipped = 0;

        while (skipped < got && left != 0) {
            left -= in_bytes || block[skipped] == '\n';
            skipped++;
        }
        status = write_out(block + skipped, (size_t)(got - skipped));
    }
    return status == 0 && got < 0 ? fail(name) : status;
}

/** Looks in a block, from behind, for where the wanted lines begin.
 * @param left lines that are still to be found @return the offset in the block; -1: before it */
static ssize_t find_in_block(size_t size, bool is_last, unsigned long *left)
{
    for (size_t i = size; i > 0; i--) {
        bool is_end_of_file = is_last && i == size;

        if (block[i - 1] == '\n' && !is_end_of_file && --*left == 0) {
            return (ssize_t)i;
        }
    }
    return -1;
}

/** Finds where the end of a file begins. @param size of the file @return -1: it cannot be read */
static off_t find_begin(int descriptor, off_t size)
{
    unsigned long left = wanted;
    off_t end = size;

    if (in_bytes || wanted == 0) {
        return (unsigned long)size > wanted || wanted == 0 ? size - (off_t)wanted : 0;
    }
    while (end > 0) {
        off_t begin = (end - 1) / (off_t)sizeof(block) * (off_t)sizeof(block);
        ssize_t got = pread(descriptor, block, (size_t)(end - begin), begin);
        ssize_t found = got < 0 ? -1 : find_in_block((size_t)got, end == size, &left);

        if (got < 0 || found >= 0) {
            return got < 0 ? -1 : begin + found;
        }
        end = begin;
    }
    return 0;
}

/** Writes the end of a file in which one can go back. */
static int write_end(int descriptor, const char *name, off_t size)
{
    off_t begin = find_begin(descriptor, size);

    if (begin < 0 || lseek(descriptor, begin, SEEK_SET) < 0) {
        return fail(name);
    }
    fflush(stdout);
    return utility_copy(descriptor, name, STDOUT_FILENO, "standard output");
}

/** Writes the last lines of a pipe. */
static int write_last_lines(FILE *stream, const char *name)
{
    char **lines = calloc(wanted + 1, sizeof(*lines));
    size_t *sizes = calloc(wanted + 1, sizeof(*sizes));
    size_t *rooms = calloc(wanted + 1, sizeof(*rooms));
    unsigned long count = 0;
    int status = lines == NULL || sizes == NULL || rooms == NULL ? STATUS_FAILED : 0;
    ssize_t got;

    while (status == 0 && (got = getline(&lines[count % (wanted + 1)], &rooms[count % (wanted + 1)],
                                         stream)) > 0) {
        sizes[count++ % (wanted + 1)] = (size_t)got;
    }
    if (status != 0 || ferror(stream)) {
        status = fail(name);
    }
    for (unsigned long i = count > wanted ? count - wanted : 0; i < count && status == 0; i++) {
        status = write_out(lines[i % (wanted + 1)], sizes[i % (wanted + 1)]);
    }
    for (unsigned long i = 0; lines != NULL && i <= wanted; i++) {
        free(lines[i]);
    }
    free(lines);
    free(sizes);
    free(rooms);
    return status;
}

/** Writes the last bytes of a pipe. */
static int write_last_bytes(FILE *stream, const char *name)
{
    char *bytes = malloc(wanted + 1);
    unsigned long count = 0, first;
    int byte;

    if (bytes == NULL) {
        return fail(name);
    }
    while (wanted != 0 && (byte = getc(stream)) != EOF) {
        bytes[count++ % wanted] = (char)byte;
    }
    first = count > wanted ? count - wanted : 0;
    for (unsigned long i = first; i < count; i++) {
        putchar(bytes[i % wanted]);
    }
    free(bytes);
    return ferror(stream) ? fail(name) : 0;
}

static int write_pipe(int descriptor, const char *name)
{
    int copy = dup(descriptor);
    FILE *stream = copy < 0 ? NULL : fdopen(copy, "r");
    int status;

    if (stream == NULL) {
        return fail(name);
    }
    status = in_bytes ? write_last_bytes(stream, name) : write_last_lines(stream, name);
    fclose(stream);
    return status;
}

/** Writes the end of one input. */
static int write_input(int descriptor, const char *name)
{
    static bool is_later;
    off_t size;

    if (has_titles) {
        printf("%s==> %s <==\n", is_later ? "\n" : "",
               strcmp(name, "-") == 0 ? "standard input" : name);
        is_later = true;
    }
    if (from_begin) {
        return write_from(descriptor, name);
    }
    size = lseek(descriptor, 0, SEEK_END); /* that of a file in /proc is 0, whatever it says */
    return size <= 0 ? write_pipe(descriptor, name) : write_end(descriptor, name, size);
}

/** Reads what stands behind -n or -c. */
static void read_wanted(const char *text)
{
    from_begin = text[0] == '+';
    text += text[0] == '+' || text[0] == '-';
    wanted = in_bytes ? utility_size(text, usage) : utility_number(text, usage);
    if (wanted > ~0ul / 64) {
        errx(STATUS_USAGE, "%s: too many", text);
    }
}

/** @return 0; 1: a file could not be read, or not be written */
int main(int argc, char **argv)
{
    int option;

    if (argc > 1 && argv[1][0] == '-' && isdigit((unsigned char)argv[1][1])) {
        read_wanted(argv[1]); /* as it was written once */
        argv[1] = argv[0];
        argv++;
        argc--;
    }
    while ((option = utility_option(argc, argv, "c:n:", usage)) != -1) {
        in_bytes = option == 'c';
        read_wanted(optarg);
    }
    has_titles = argc - optind > 1;
    return utility_finish(utility_inputs(argc - optind, argv + optind, write_input));
}
