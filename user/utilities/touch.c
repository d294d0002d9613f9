/**
 * @file
 * touch: makes files new, or makes them.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>
#include <utime.h>

#include "common.h"

static const char usage[] = "usage: touch [-c] FILE...\n"
                            "sets the times of files to now, and makes those that are not there;\n"
                            "-c: makes none\n";

/** @return status */
static int touch(const char *path, bool makes)
{
    int descriptor;

    if (utime(path, NULL) == 0 || (errno == ENOENT && !makes)) {
        return 0;
    }
    descriptor = errno == ENOENT ? open(path, O_WRONLY | O_CREAT, 0666) : -1;
    if (descriptor < 0) {
        warn("%s", path);
        return STATUS_FAILED;
    }
    close(descriptor);
    return 0;
}

/** @return 0; 1: one could not be touched */
int main(int argc, char **argv)
{
    bool makes = true;
    int status = 0;

    while (utility_option(argc, argv, "c", usage) != -1) {
        makes = false;
    }
    if (optind == argc) {
        utility_usage(usage);
    }
    for (int i = optind; i < argc; i++) {
        status |= touch(argv[i], makes);
    }
    return status;
}
