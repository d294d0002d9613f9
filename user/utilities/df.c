/**
 * @file
 * df: shows how much room file systems have.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "common.h"

#define MOUNTS "/proc/mounts"
#define KILOBYTE 1024ul

static const char usage[] = "usage: df [-k] [FILE...]\n"
                            "shows, in kilobytes, how much room there is in the file systems that\n"
                            "files are in, or in all\n";

/** @return how many kilobytes so many blocks are */
static unsigned long kilobytes(unsigned long blocks, const struct statvfs *status)
{
    unsigned long size = status->f_frsize;

    return size % KILOBYTE == 0 ? blocks * (size / KILOBYTE) : blocks * size / KILOBYTE;
}

/** @return status */
static int show(const char *path)
{
    struct statvfs status;
    unsigned long used, all;

    if (statvfs(path, &status) != 0) {
        warn("%s", path);
        return STATUS_FAILED;
    }
    used = status.f_blocks - status.f_bfree;
    all = used + status.f_bavail;
    printf("%-12s %-6s %10lu %10lu %10lu %3lu%% %s\n", status.f_mntfromname, status.f_fstypename,
           kilobytes(status.f_blocks, &status), kilobytes(used, &status),
           kilobytes(status.f_bavail, &status), all == 0 ? 0 : (used * 100 + all - 1) / all,
           status.f_mntonname);
    return 0;
}

/** Shows all file systems: the second word of each line says where one is. */
static int show_all(void)
{
    FILE *stream = fopen(MOUNTS, "r");
    char *line = NULL;
    size_t room = 0;
    int status = 0;

    if (stream == NULL) {
        warn(MOUNTS);
        return STATUS_FAILED;
    }
    while (getline(&line, &room, stream) > 0) {
        char *where = strtok(line, " \n") == NULL ? NULL : strtok(NULL, " \n");

        if (where != NULL) {
            status |= show(where);
        }
    }
    free(line);
    fclose(stream);
    return status;
}

/** @return 0; 1: nothing is known of one */
int main(int argc, char **argv)
{
    int status = 0;

    while (utility_option(argc, argv, "k", usage) != -1) {
        /* -k, in kilobytes, holds always */
    }
    printf("%-12s %-6s %10s %10s %10s %4s %s\n", "Filesystem", "Kind", "Kilobytes", "Used", "Free",
           "Use", "Directory");
    if (optind == argc) {
        status = show_all();
    }
    for (int i = optind; i < argc; i++) {
        status |= show(argv[i]);
    }
    return utility_finish(status);
}
