/**
 * @file
 * mv: moves and renames files. Into another file system, by cp and rm.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

static const char usage[] = "usage: mv [-f] FILE NEW_NAME\n"
                            "       mv [-f] FILE... DIRECTORY\n"
                            "gives files another name, or moves them into a directory\n";

/** Moves a file into another file system. @return status */
static int move_away(char *from, char *to)
{
    char *const copy[] = {"cp", "-rpf", "--", from, to, NULL};
    char *const removal[] = {"rm", "-rf", "--", from, NULL};

    /* A directory would be copied into one that is there; rename() has said that it must be
       empty. */
    if (utility_is_folder(to) && rmdir(to) != 0) {
        warn("%s", to);
        return STATUS_FAILED;
    }
    return utility_run(copy) == 0 && utility_run(removal) == 0 ? 0 : STATUS_FAILED;
}

/** @return status */
static int move(char *from, char *to)
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

/** Moves an operand into a directory. @return status */
static int move_into(char *from, const char *folder)
{
    char *name = strdup(utility_base(from));
    char *path;
    int status;

    if (name == NULL) {
        err(STATUS_FAILED, NULL);
    }
    for (size_t length = strlen(name); length > 1 && name[length - 1] == '/'; length--) {
        name[length - 1] = '\0';
    }
    path = utility_join(folder, name);
    status = move(from, path);
    free(path);
    free(name);
    return status;
}

/** @return 0; 1: something could not be moved */
int main(int argc, char **argv)
{
    char *last = argv[argc - 1];
    int status = 0;

    while (utility_option(argc, argv, "f", usage) != -1) {
        /* -f, never ask, holds always */
    }
    if (argc - optind < 2) {
        utility_usage(usage);
    }
    if (!utility_is_folder(last)) {
        if (argc - optind > 2) {
            errno = ENOTDIR;
            warn("%s", last);
            return STATUS_FAILED;
        }
        return move(argv[optind], last);
    }
    for (int i = optind; i < argc - 1; i++) {
        status |= move_into(argv[i], last);
    }
    return status;
}
