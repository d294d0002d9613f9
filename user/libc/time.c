/**
 * @file
 * The time of day, and time that passes (ISO C11 7.27.2; IEEE 1003.1, clock_gettime).
 *
 * The kernel counts milliseconds since the machine began. When that was, the VFS server knows from
 * the clock driver: it is read once, from /proc/time, which has the seconds since 1970-01-01 00:00
 * UTC as a decimal number.
 */
#include <time.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"

#define TIME_FILE "/proc/time"

static uint64_t milliseconds(void)
{
    return clock_read().value;
}

/** Reads the time of day. @return whether it could be read; else errno says why not */
static bool read_seconds(int64_t *seconds)
{
    char text[24];
    char *end;
    int descriptor = open(TIME_FILE, O_RDONLY);
    ssize_t length = descriptor < 0 ? -1 : read(descriptor, text, sizeof(text) - 1);
    int error = errno;

    if (descriptor >= 0) {
        close(descriptor);
    }
    errno = error;
    if (length < 0) {
        return false;
    }
    text[length] = '\0';
    *seconds = strtoll(text, &end, 10);
    if (end == text) {
        errno = EIO;
        return false;
    }
    return true;
}

/** Finds out when the machine began, in milliseconds since 1970. */
static bool find_beginning(int64_t *began)
{
    static int64_t known;
    int64_t seconds;

    if (known == 0) {
        if (!read_seconds(&seconds)) {
            return false;
        }
        known = seconds * 1000 - (int64_t)milliseconds();
    }
    *began = known;
    return true;
}

/**
 * @param clock  CLOCK_REALTIME or CLOCK_MONOTONIC
 * @param now    set, with a step of a millisecond; the time of day is right to a second
 * @return 0; -1: EINVAL: another clock; the time of day is not known, errno says why
 */
int clock_gettime(clockid_t clock, struct timespec *now)
{
    int64_t began = 0, time;

    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC) {
        errno = EINVAL;
        return -1;
    }
    if (clock == CLOCK_REALTIME && !find_beginning(&began)) {
        return -1;
    }
    time = began + (int64_t)milliseconds();
    *now = (struct timespec){time / 1000, time % 1000 * 1000000};
    return 0;
}

/** @return the time of day, which is put into *now, too, unless that is NULL; -1: it is not
 * known */
time_t time(time_t *now)
{
    struct timespec exact;
    time_t seconds = clock_gettime(CLOCK_REALTIME, &exact) == 0 ? exact.tv_sec : -1;

    if (now != NULL) {
        *now = seconds;
    }
    return seconds;
}

/** @return microseconds since the machine began, with a step of a millisecond */
clock_t clock(void)
{
    return (clock_t)milliseconds() * (CLOCKS_PER_SEC / 1000);
}
