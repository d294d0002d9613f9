/**
 * @file
 * mount: makes a file system a part of the tree.
 */
#include <err.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include "common.h"

#define MOUNTS "/proc/mounts"

static const char usage[] =
    "usage: mount [-r] [-t KIND] SOURCE DIRECTORY\n"
    "shows a file system in a directory: a disk's (/dev/disk1) or, with\n"
    "-t ramfs, an empty one in memory; -r: only to be read. Without words,\n"
    "shows what is mounted\n";

/** Shows what is mounted. @return status */
static int show(void)
{
    int descriptor = open(MOUNTS, O_RDONLY);

    if (descriptor < 0) {
        warn(MOUNTS);
        return STATUS_FAILED;
    }
    return utility_copy(descriptor, MOUNTS, STDOUT_FILENO, "standard output");
}

/** @return 0; 1: it could not be mounted */
int main(int argc, char **argv)
{
    const char *kind = "ext2";
    unsigned long flags = 0;
    int option;

    while ((option = utility_option(argc, argv, "rt:", usage)) != -1) {
        flags |= option == 'r' ? MS_RDONLY : 0;
        kind = option == 't' ? optarg : kind;
    }
    if (argc == 1) {
        return show();
    }
    if (argc - optind != 2) {
        utility_usage(usage);
    }
    if (mount(argv[optind], argv[optind + 1], kind, flags) != 0) {
        warn("%s in %s", argv[optind], argv[optind + 1]);
        return STATUS_FAILED;
    }
    return 0;
}
