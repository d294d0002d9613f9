/**
 * @file
 * sync: has everything written to the disks.
 */
#include <unistd.h>

#include "common.h"

static const char usage[] = "usage: sync\nwrites to the disks what is only in memory so far\n";

/** @return 0 when all is written */
int main(int argc, char **argv)
{
    if (utility_no_options(argc, argv, usage) != argc) {
        utility_usage(usage);
    }
    sync();
    return 0;
}
