/**
 * @file
 * sync: has everything written to the disks.
 */
#include <err.h>
#include <unistd.h>

#include "common.h"

static const char usage[] = "usage: sync\nwrites to the disks what is only in memory so far\n";

/** @return 0 when all is written; 1: some could not be, now or earlier, which nobody was told */
int main(int argc, char **argv)
{
    if (utility_no_options(argc, argv, usage) != argc) {
        utility_usage(usage);
    }
    if (syncfs(STDIN_FILENO) != 0) {
        warn("not everything could be written");
        return STATUS_FAILED;
    }
    return 0;
}
