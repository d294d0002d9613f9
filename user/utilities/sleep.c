/**
 * @file
 * sleep: waits.
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common.h"

#define SECONDS_MAX 1000000000ul
#define NANOSECONDS_DIGIT 100000000l /* what the first digit behind the point counts */

static const char usage[] = "usage: sleep SECONDS\n"
                            "waits; 0.5 is half a second\n";

/** Reads a decimal fraction. There is no floating point. */
static struct timespec read_time(const char *text)
{
    struct timespec time = {0};
    char *end;

    if (!isdigit((unsigned char)text[0]) || strtoul(text, &end, 10) > SECONDS_MAX) {
        warnx("%s: not a time", text);
        utility_usage(usage);
    }
    time.tv_sec = (time_t)strtoul(text, &end, 10);
    if (*end == '.') {
        end++;
        for (long unit = NANOSECONDS_DIGIT; isdigit((unsigned char)*end); end++, unit /= 10) {
            time.tv_nsec += (*end - '0') * unit;
        }
    }
    if (*end != '\0') {
        warnx("%s: not a time", text);
        utility_usage(usage);
    }
    return time;
}

/** @return 0 when the time has passed */
int main(int argc, char **argv)
{
    struct timespec time;

    if (utility_no_options(argc, argv, usage) != argc - 1) {
        utility_usage(usage);
    }
    time = read_time(argv[optind]);
    if (nanosleep(&time, NULL) != 0) {
        warn("%s", argv[optind]);
        return STATUS_FAILED;
    }
    return 0;
}
