/**
 * @file
 * rm: removes files.
 */
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common.h"

static const char usage[] = "usage: rm [-fRr] FILE...\n"
                            "removes files; -r (-R): directories with all that is in them;\n"
                            "-f: what is not there is no error\n";

static bool with_folders, is_forced;

static int remove_path(const char *path);

/** Removes all that is in a directory. @return status */
static int empty(const char *path)
{
    struct utility_names names;
    int status = utility_read_folder(path, &names);

    for (size_t i = 0; i < names.count; i++) {
        if (!utility_is_dots(names.items[i])) {
            char *below = utility_join(path, names.items[i]);

            status |= remove_path(below);
            free(below);
        }
    }
    utility_free_names(&names);
    return status;
}

static int fail(const char *path)
{
    warn("%s", path);
    return STATUS_FAILED;
}

/** Removes a file, or a directory. @return status */
static int remove_path(const char *path)
{
    struct stat status;

    if (lstat(path, &status) != 0) {
        return is_forced && (errno == ENOENT || errno == ENOTDIR) ? 0 : fail(path);
    }
    if (!S_ISDIR(status.st_mode)) {
        return unlink(path) == 0 ? 0 : fail(path);
    }
    if (!with_folders) {
        errno = EISDIR;
        return fail(path);
    }
    if (empty(path) != 0) {
        return STATUS_FAILED;
    }
    return rmdir(path) == 0 ? 0 : fail(path);
}

/** @return whether nobody can mean that a path is to be removed: ".", "..", "/" */
static bool is_refused(const char *path)
{
    const char *base = utility_base(path);
    size_t length = strcspn(base, "/");

    return length == 0 || (length <= 2 && strncmp(base, "..", length) == 0);
}

/** @return 0; 1: one could not be removed */
int main(int argc, char **argv)
{
    int option, status = 0;

    while ((option = utility_option(argc, argv, "fRr", usage)) != -1) {
        is_forced |= option == 'f';
        with_folders |= option != 'f';
    }
    if (optind == argc && !is_forced) {
        utility_usage(usage);
    }
    for (int i = optind; i < argc; i++) {
        if (argv[i][0] != '\0' && is_refused(argv[i])) {
            warnx("%s: refused", argv[i]);
            status = STATUS_FAILED;
        } else {
            status |= remove_path(argv[i]);
        }
    }
    return status;
}
