/**
 * @file
 * mkdir: makes directories.
 */
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common.h"

#define MODE 0777
#define NEEDED (S_IWUSR | S_IXUSR) /* of a directory in which another one is to be made */

static const char usage[] = "usage: mkdir [-p] [-m MODE] DIRECTORY...\n"
                            "makes directories; -p: and those that they are to be in, if needed\n";

/** Makes what is missing of a path, up to its last name. What is needed below is not masked. */
static void make_parents(char *path)
{
    mode_t mask = umask(0);

    umask(mask & ~(mode_t)NEEDED);
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, MODE); /* if it fails for a reason that counts, what is below fails, too */
        *slash = '/';
    }
    umask(mask);
}

/** Makes a directory. @param mode NULL: the usual one; else it gets just these permissions
 * @return status */
static int make(char *path, const mode_t *mode, bool parents)
{
    if (parents && path[0] != '\0') {
        make_parents(path);
    }
    if (mkdir(path, mode != NULL ? *mode : MODE) == 0) {
        if (mode == NULL || chmod(path, *mode) == 0) {
            return 0;
        }
    } else if (parents && errno == EEXIST && utility_is_folder(path)) {
        return 0;
    }
    warn("%s", path);
    return STATUS_FAILED;
}

/** @return the permissions that a text of octal digits says */
static mode_t mode_of(const char *text)
{
    char *end;
    unsigned long mode = strtoul(text, &end, 8);

    if (end == text || *end != '\0' || mode > 07777) {
        warnx("%s: not permissions in octal digits", text);
        utility_usage(usage);
    }
    return (mode_t)mode;
}

/** @return 0; 1: one could not be made */
int main(int argc, char **argv)
{
    mode_t mode = MODE;
    bool parents = false, has_mode = false;
    int option, status = 0;

    while ((option = utility_option(argc, argv, "m:p", usage)) != -1) {
        if (option == 'p') {
            parents = true;
        } else {
            mode = mode_of(optarg);
            has_mode = true;
        }
    }
    if (optind == argc) {
        utility_usage(usage);
    }
    for (int i = optind; i < argc; i++) {
        status |= make(argv[i], has_mode ? &mode : NULL, parents);
    }
    return status;
}
