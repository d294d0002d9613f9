/**
 * @file
 * dd: copies blocks, from and to any place in files and devices.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

#define BLOCK_SIZE 512ul
#define BLOCK_SIZE_MAX (1024ul * 1024)

static const char usage[] =
    "usage: dd [if=FILE] [of=FILE] [bs=BYTES] [count=BLOCKS] [skip=BLOCKS] [seek=BLOCKS]\n"
    "          [conv=notrunc,sync,fsync] [status=none]\n"
    "copies blocks of 512 bytes: so many (count), from the block `skip` of the input on to the\n"
    "block `seek` of the output. notrunc: the output keeps what is behind; sync: blocks are "
    "filled\n"
    "up with zeros; fsync: waits until all is on the disk\n";

/** What was asked for. */
static struct {
    const char *input, *output;
    unsigned long block_size, count, skip, seek;
    bool counts, keeps_rest, fills_up, waits, is_quiet;
} wanted = {.block_size = BLOCK_SIZE};

/** Blocks that were copied, whole and others. */
static struct {
    unsigned long whole, part;
} records[2];

static void read_conversions(char *text)
{
    for (char *word = strtok(text, ","); word != NULL; word = strtok(NULL, ",")) {
        if (strcmp(word, "notrunc") == 0) {
            wanted.keeps_rest = true;
        } else if (strcmp(word, "sync") == 0) {
            wanted.fills_up = true;
        } else if (strcmp(word, "fsync") == 0) {
            wanted.waits = true;
        } else {
            warnx("%s: unknown conversion", word);
            utility_usage(usage);
        }
    }
}

/** Reads one operand, NAME=VALUE, with a number. @return whether it is one */
static bool read_number(const char *word)
{
    static const struct {
        const char *name;
        unsigned long *number;
    } numbers[] = {{"bs=", &wanted.block_size},
                   {"count=", &wanted.count},
                   {"skip=", &wanted.skip},
                   {"seek=", &wanted.seek}};

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        size_t length = strlen(numbers[i].name);

        if (strncmp(word, numbers[i].name, length) == 0) {
            *numbers[i].number = utility_size(word + length, usage);
            wanted.counts |= word[0] == 'c';
            return true;
        }
    }
    return false;
}

static void read_operand(char *word)
{
    if (strncmp(word, "if=", 3) == 0) {
        wanted.input = word + 3;
    } else if (strncmp(word, "of=", 3) == 0) {
        wanted.output = word + 3;
    } else if (strncmp(word, "conv=", 5) == 0) {
        read_conversions(word + 5);
    } else if (strcmp(word, "status=none") == 0) {
        wanted.is_quiet = true;
    } else if (!read_number(word)) {
        warnx("%s: unknown operand", word);
        utility_usage(usage);
    }
}

/** @return an offset in bytes; ends when there is none */
static off_t offset_of(unsigned long blocks)
{
    if (blocks > (~0ul >> 1) / wanted.block_size) {
        errx(STATUS_FAILED, "%lu: too many blocks", blocks);
    }
    return (off_t)(blocks * wanted.block_size);
}

static int open_input(void)
{
    int descriptor = wanted.input == NULL ? STDIN_FILENO : open(wanted.input, O_RDONLY);

    if (descriptor < 0) {
        err(STATUS_FAILED, "%s", wanted.input);
    }
    return descriptor;
}

/** Opens the output, and goes to where it is written. */
static int open_output(void)
{
    bool truncates = !wanted.keeps_rest && wanted.seek == 0;
    int descriptor = STDOUT_FILENO;

    if (wanted.output != NULL) {
        descriptor = open(wanted.output, O_WRONLY | O_CREAT | (truncates ? O_TRUNC : 0), 0666);
    }
    if (descriptor < 0) {
        err(STATUS_FAILED, "%s", wanted.output);
    }
    if (wanted.seek != 0) {
        off_t place = offset_of(wanted.seek);

        if ((!wanted.keeps_rest && ftruncate(descriptor, place) != 0 && errno != EINVAL) ||
            lseek(descriptor, place, SEEK_SET) < 0) {
            err(STATUS_FAILED, "the output: seek");
        }
    }
    return descriptor;
}

/** Reads up to a block. @return bytes; 0: the end; -1 */
static ssize_t read_block(int input, char *block)
{
    ssize_t got = read(input, block, wanted.block_size);

    if (got > 0 && wanted.fills_up && (size_t)got < wanted.block_size) {
        records[0].part++;
        memset(block + got, 0, wanted.block_size - (size_t)got);
        return (ssize_t)wanted.block_size;
    }
    if (got > 0) {
        *((size_t)got == wanted.block_size ? &records[0].whole : &records[0].part) += 1;
    }
    return got;
}

/** Skips blocks of the input: a pipe's have to be read. */
static void skip(int input, char *block)
{
    if (wanted.skip == 0 || lseek(input, offset_of(wanted.skip), SEEK_CUR) >= 0) {
        return;
    }
    for (unsigned long i = 0; i < wanted.skip; i++) {
        if (read(input, block, wanted.block_size) <= 0) {
            break;
        }
    }
}

/** @return status */
static int copy(int input, int output, char *block)
{
    for (unsigned long i = 0; !wanted.counts || i < wanted.count; i++) {
        ssize_t got = read_block(input, block);

        if (got < 0) {
            warn("%s", wanted.input == NULL ? "standard input" : wanted.input);
            return STATUS_FAILED;
        }
        if (got == 0) {
            break;
        }
        if (!utility_write(output, block, (size_t)got)) {
            warn("%s", wanted.output == NULL ? "standard output" : wanted.output);
            return STATUS_FAILED;
        }
        *((size_t)got == wanted.block_size ? &records[1].whole : &records[1].part) += 1;
    }
    if (wanted.waits && fsync(output) != 0) {
        warn("fsync");
        return STATUS_FAILED;
    }
    return 0;
}

/** @return 0; 1: something could not be read or written */
int main(int argc, char **argv)
{
    int input, output, status;
    char *block;

    for (int i = utility_no_options(argc, argv, usage); i < argc; i++) {
        read_operand(argv[i]);
    }
    if (wanted.block_size == 0 || wanted.block_size > BLOCK_SIZE_MAX) {
        errx(STATUS_USAGE, "%lu: blocks have 1 to %lu bytes", wanted.block_size, BLOCK_SIZE_MAX);
    }
    block = malloc(wanted.block_size);
    if (block == NULL) {
        err(STATUS_FAILED, NULL);
    }
    input = open_input();
    output = open_output();
    skip(input, block);
    status = copy(input, output, block);
    if (!wanted.is_quiet) {
        fprintf(stderr, "%lu+%lu records in\n%lu+%lu records out\n", records[0].whole,
                records[0].part, records[1].whole, records[1].part);
    }
    if (close(output) != 0) {
        warn("%s", wanted.output == NULL ? "standard output" : wanted.output);
        status = STATUS_FAILED;
    }
    free(block);
    return status;
}
