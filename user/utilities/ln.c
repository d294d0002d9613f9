/**
 * @file
 * ln: gives files other names.
 */
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <unistd.h>

#include "common.h"

static const char usage[] = "usage: ln [-fs] FILE [NAME]\n"
                            "       ln [-fs] FILE... DIRECTORY\n"
                            "gives files one more name each; -s: the name is a symbolic link;\n"
                            "-f: a file that has the name is removed first\n";

static bool is_symbolic, is_forced;

/** @return status */
static int make(const char *file, const char *name)
{
    int (*const give)(const char *, const char *) = is_symbolic ? symlink : link;

    if (give(file, name) == 0 ||
        (is_forced && errno == EEXIST && unlink(name) == 0 && give(file, name) == 0)) {
        return 0;
    }
    warn("%s", errno == ENOENT && !is_symbolic ? file : name);
    return STATUS_FAILED;
}

/** @return 0; 1: a name could not be made */
int main(int argc, char **argv)
{
    int option;

    while ((option = utility_option(argc, argv, "fs", usage)) != -1) {
        is_forced |= option == 'f';
        is_symbolic |= option == 's';
    }
    if (optind == argc) {
        utility_usage(usage);
    }
    if (argc - optind == 1) {
        return utility_transfers(1, argv + optind, ".", make);
    }
    return utility_transfers(argc - optind - 1, argv + optind, argv[argc - 1], make);
}
