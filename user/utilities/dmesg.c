/**
 * @file
 * dmesg: shows the log, what the kernel and programs have said, as far as it goes back.
 */
#include <stdio.h>
#include <unistd.h>

#include "common.h"
#include "log.h"

static const char usage[] = "usage: dmesg\n"
                            "shows the log of the kernel: the newest 16 KB of it\n";

/** @return 0; 1: it could not be written */
int main(int argc, char **argv)
{
    static char bytes[COPY_SIZE];
    uint64_t position = 0;
    size_t size;

    if (utility_no_options(argc, argv, usage) != argc) {
        utility_usage(usage);
    }
    while ((size = log_copy(&position, bytes, sizeof(bytes))) != 0) {
        fwrite(bytes, 1, size, stdout);
    }
    return utility_finish(0);
}
