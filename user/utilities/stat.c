/**
 * @file
 * stat: shows what there is to know of files.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common.h"

static const char usage[] = "usage: stat [-L] FILE...\n"
                            "shows what there is to know of files; -L: of what links lead to\n";

static const char *kind_of(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return "regular file";
    case S_IFDIR:
        return "directory";
    case S_IFLNK:
        return "symbolic link";
    case S_IFCHR:
        return "character device";
    case S_IFBLK:
        return "block device";
    case S_IFIFO:
        return "pipe";
    default:
        return "unknown kind";
    }
}

static void show_time(const char *title, time_t time)
{
    char text[32] = "?";
    struct tm *date = gmtime(&time);

    if (date != NULL) {
        strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", date);
    }
    printf("%8s: %s\n", title, text);
}

static void show(const char *path, const struct stat *status)
{
    printf("    File: %s\n", path);
    printf("    Size: %ld bytes, %ld blocks of 512, %s\n", (long)status->st_size,
           (long)status->st_blocks, kind_of(status->st_mode));
    printf("  Device: %lu, inode %lu, links %lu\n", (unsigned long)status->st_dev,
           (unsigned long)status->st_ino, (unsigned long)status->st_nlink);
    printf("    Mode: %04o\n", (unsigned)status->st_mode & 07777u);
    show_time("Access", status->st_atime);
    show_time("Modify", status->st_mtime);
    show_time("Change", status->st_ctime);
}

/** @return 0; 1: of a file nothing is known */
int main(int argc, char **argv)
{
    bool follows = false;
    int result = 0;

    while (utility_option(argc, argv, "L", usage) != -1) {
        follows = true;
    }
    if (optind == argc) {
        utility_usage(usage);
    }
    for (int i = optind; i < argc; i++) {
        struct stat status;

        if ((follows ? stat : lstat)(argv[i], &status) == 0) {
            show(argv[i], &status);
        } else {
            warn("%s", argv[i]);
            result = STATUS_FAILED;
        }
    }
    return utility_finish(result);
}
