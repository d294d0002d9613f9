/**
 * @file
 * mv: moves and renames files. Into another file system, by cp and rm.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "common.h"

static const char usage[] = "usage: mv [-f] FILE NEW_NAME\n"
                            "       mv [-f] FILE... DIRECTORY\n"
                            "gives files another name, or moves them into a directory\n";

/** Moves a file into another file system. @return status */
static int move_away(const char *from, const char *to)
{
    char *const copy[] = {"cp", "-rpf", "--", (char *)from, (char *)to, NULL};
    char *const removal[] = {"rm", "-rf", "--", (char *)from, NULL};

    /* A directory would be copied into one that is there; rename() has said that it must be
       empty. */
    if (utility_is_folder(to) && rmdir(to) != 0) {
        warn("%s", to);
        return STATUS_FAILED;
    }
    return utility_run(copy) == 0 && utility_run(removal) == 0 ? 0 : STATUS_FAILED;
}

/** @return status */
static int move(const char *from, const char *to)
{
    if (rename(from, to) == 0) {
        return 0;
    }
    if (errno == EXDEV) {
        return move_away(from, to);
    }
    warn("%s to %s", from, to);
    return STATUS_FAILED;
}

/** @return 0; 1: something could not be moved */
int main(int argc, char **argv)
{
    while (utility_option(argc, argv, "f", usage) != -1) {
        /* -f, never ask, holds always */
    }
    if (argc - optind < 2) {
        utility_usage(usage);
    }
    return utility_transfers(argc - optind - 1, argv + optind, argv[argc - 1], move);
}
