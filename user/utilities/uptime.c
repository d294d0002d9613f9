/**
 * @file
 * uptime: shows for how long the machine has run.
 */
#include <err.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "common.h"

#define MINUTE 60l
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static const char usage[] = "usage: uptime\nshows for how long the machine has run\n";

/** @return 0; 1: there is no clock */
int main(int argc, char **argv)
{
    struct timespec time;
    long seconds;

    if (utility_no_options(argc, argv, usage) != argc) {
        utility_usage(usage);
    }
    if (clock_gettime(CLOCK_MONOTONIC, &time) != 0) {
        err(STATUS_FAILED, "the clock");
    }
    seconds = (long)time.tv_sec;
    printf("up ");
    if (seconds >= DAY) {
        printf("%ld %s, ", seconds / DAY, seconds / DAY == 1 ? "day" : "days");
    }
    printf("%ld:%02ld:%02ld\n", seconds % DAY / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE);
    return utility_finish(0);
}
