/**
 * @file
 * free: shows how much memory there is.
 */
#include <err.h>
#include <stdio.h>
#include <unistd.h>

#include "common.h"
#include "first_task.h"
#include "init/session_proto.h"
#include "rpc.h"

#define KILOBYTE 1024ul

static const char usage[] =
    "usage: free\n"
    "shows, in kilobytes, how much memory the machine has: all, the kernel's,\n"
    "what processes have, and what is free\n";

/** @return 0; 1: nobody tells */
int main(int argc, char **argv)
{
    struct message total = {.info = info_make(INIT_TOTAL, 0)};
    uint64_t all, kernel, rest;

    if (utility_no_options(argc, argv, usage) != argc) {
        utility_usage(usage);
    }
    if (rpc_call(SLOT_PAGER, &total, TIMEOUT_INFINITE) != ERROR_NONE) {
        errx(STATUS_FAILED, "the root task does not tell");
    }
    all = total.words[0];
    kernel = total.words[1];
    rest = total.words[2];
    printf("%10s %10s %10s %10s\n", "total", "kernel", "processes", "free");
    printf("%10lu %10lu %10lu %10lu\n", all / KILOBYTE, kernel / KILOBYTE,
           (all - kernel - rest) / KILOBYTE, rest / KILOBYTE);
    return utility_finish(0);
}
