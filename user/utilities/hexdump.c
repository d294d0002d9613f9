/**
 * @file
 * hexdump: shows bytes as hexadecimal digits and as text.
 */
#include <ctype.h>
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

#define LINE_BYTES 16u

static const char usage[] =
    "usage: hexdump [-Cv] [-n BYTES] [-s BYTES] [FILE...]\n"
    "shows the bytes of files, or of standard input (-), as one row: offset, hexadecimal, text\n"
    "-C does so always; -n at most so many; -s skips so many; -v shows lines that are the same as\n"
    "the one before, too\n";

static unsigned long skipped, left = ~0ul, offset;
static bool shows_all;

static unsigned char line[LINE_BYTES], last[LINE_BYTES];
static size_t filled;
static bool has_last, is_hidden;

static void show_line(void)
{
    printf("%08lx ", offset);
    for (size_t i = 0; i < LINE_BYTES; i++) {
        const char *gap = i == LINE_BYTES / 2 ? "  " : " ";

        if (i < filled) {
            printf("%s%02x", gap, line[i]);
        } else {
            printf("%s  ", gap);
        }
    }
    printf("  |");
    for (size_t i = 0; i < filled; i++) {
        putchar(line[i] >= ' ' && line[i] <= '~' ? line[i] : '.');
    }
    printf("|\n");
}

/** Shows the line that is complete, or a * for all that are the same as the one before. */
static void end_line(void)
{
    bool is_same = has_last && filled == LINE_BYTES && memcmp(line, last, LINE_BYTES) == 0;

    if (!is_same || shows_all) {
        show_line();
    } else if (!is_hidden) {
        printf("*\n");
    }
    is_hidden = is_same;
    memcpy(last, line, LINE_BYTES);
    has_last = true;
    offset += filled;
    filled = 0;
}

/** Takes the bytes of one file: those of all files are one row. */
static int take(int descriptor, const char *name)
{
    static unsigned char bytes[COPY_SIZE];
    ssize_t got = 0;

    while (left != 0 && utility_can_write() && (got = read(descriptor, bytes, sizeof(bytes))) > 0) {
        for (ssize_t i = 0; i < got && left != 0; i++) {
            if (skipped != 0) {
                skipped--;
                offset++;
                continue;
            }
            line[filled++] = bytes[i];
            left--;
            if (filled == LINE_BYTES) {
                end_line();
            }
        }
    }
    if (got < 0) {
        warn("%s", name);
    }
    return got < 0 ? STATUS_FAILED : 0;
}

/** @return 0; 1: a file could not be read */
int main(int argc, char **argv)
{
    int option, status;

    while ((option = utility_option(argc, argv, "Cn:s:v", usage)) != -1) {
        if (option == 'n') {
            left = utility_size(optarg, usage);
        } else if (option == 's') {
            skipped = utility_size(optarg, usage);
        } else if (option == 'v') {
            shows_all = true;
        }
    }
    status = utility_inputs(argc - optind, argv + optind, take);
    if (filled != 0) {
        end_line();
    }
    if (has_last) {
        printf("%08lx\n", offset);
    }
    return utility_finish(status);
}
