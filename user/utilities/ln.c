/**
 * @file
 * ln: gives files other names.
 */
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
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

/** Makes a name in a directory. @return status */
static int make_in(const char *file, const char *folder)
{
    char *path = utility_join(folder, utility_base(file));
    int status = make(file, path);

    free(path);
    return status;
}

/** @return 0; 1: a name could not be made */
int main(int argc, char **argv)
{
    int option, status = 0;
    const char *last;

    while ((option = utility_option(argc, argv, "fs", usage)) != -1) {
        is_forced |= option == 'f';
        is_symbolic |= option == 's';
    }
    if (optind == argc) {
        utility_usage(usage);
    }
    last = argc - optind == 1 ? "." : argv[argc - 1];
    if (!utility_is_folder(last)) {
        if (argc - optind > 2) {
            errno = ENOTDIR;
            warn("%s", last);
            return STATUS_FAILED;
        }
        return make(argv[optind], last);
    }
    for (int i = optind; i < argc - (argc - optind > 1); i++) {
        status |= make_in(argv[i], last);
    }
    return status;
}
