/**
 * @file
 * rmdir: removes empty directories.
 */
#include <err.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

static const char usage[] = "usage: rmdir [-p] DIRECTORY...\n"
                            "removes empty directories; -p: and those that they are in\n";

/** Removes a directory. @param path is shortened with `parents` @return status */
static int remove_folder(char *path, bool parents)
{
    char *slash;

    do {
        if (rmdir(path) != 0) {
            warn("%s", path);
            return STATUS_FAILED;
        }
        slash = strrchr(path, '/');
        while (slash != NULL && slash > path && slash[-1] == '/') {
            slash--;
        }
        if (slash != NULL) {
            *slash = '\0';
        }
    } while (parents && slash != NULL && slash != path);
    return 0;
}

/** @return 0; 1: one could not be removed */
int main(int argc, char **argv)
{
    bool parents = false;
    int status = 0;

    while (utility_option(argc, argv, "p", usage) != -1) {
        parents = true;
    }
    if (optind == argc) {
        utility_usage(usage);
    }
    for (int i = optind; i < argc; i++) {
        status |= remove_folder(argv[i], parents);
    }
    return status;
}
