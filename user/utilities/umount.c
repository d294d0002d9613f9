/**
 * @file
 * umount: takes a file system out of the tree.
 */
#include <err.h>
#include <sys/mount.h>
#include <unistd.h>

#include "common.h"

static const char usage[] =
    "usage: umount DIRECTORY...\n"
    "takes the file systems that are shown in directories away, when all is\n"
    "written; no file of them may be in use\n";

/** @return 0; 1: one could not be taken away */
int main(int argc, char **argv)
{
    int first = utility_no_options(argc, argv, usage);
    int status = 0;

    if (first == argc) {
        utility_usage(usage);
    }
    for (int i = first; i < argc; i++) {
        if (umount(argv[i]) != 0) {
            warn("%s", argv[i]);
            status = STATUS_FAILED;
        }
    }
    return status;
}
