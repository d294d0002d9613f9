/**
 * @file
 * Time (ISO C11 7.27; gmtime_r, localtime_r, nanosleep, clock_gettime: IEEE 1003.1). There are no
 * time zones: local time is UTC.
 */
#pragma once

#include <sys/types.h>

#define CLOCKS_PER_SEC 1000000
#define CLOCK_REALTIME 0  /**< since 1970-01-01 00:00 UTC */
#define CLOCK_MONOTONIC 1 /**< since the machine began */

/** A date and a time of day. */
struct tm {
    int tm_sec;   /**< 0 to 60 */
    int tm_min;   /**< 0 to 59 */
    int tm_hour;  /**< 0 to 23 */
    int tm_mday;  /**< 1 to 31 */
    int tm_mon;   /**< 0 to 11 */
    int tm_year;  /**< since 1900 */
    int tm_wday;  /**< since Sunday, 0 to 6 */
    int tm_yday;  /**< since January 1st, 0 to 365 */
    int tm_isdst; /**< 0 */
};

/** A time, or a length of time. */
struct timespec {
    time_t tv_sec;
    long tv_nsec; /**< 0 to 999999999 */
};

/** The time of day. @param now set too, if not NULL @return -1: there is no clock */
time_t time(time_t *now);
int clock_gettime(clockid_t clock, struct timespec *now);
/** Time since the machine began, with a step of a millisecond: what comes nearest to the time that
 * the program has run. */
clock_t clock(void);

/** @return the date of a time, until the next call; NULL: EOVERFLOW */
struct tm *gmtime(const time_t *time);
struct tm *gmtime_r(const time_t *restrict time, struct tm *restrict date);
struct tm *localtime(const time_t *time);
struct tm *localtime_r(const time_t *restrict time, struct tm *restrict date);

/** @param date may be out of its ranges; it is put right @return its time; -1: EOVERFLOW */
time_t timegm(struct tm *date);
time_t mktime(struct tm *date);

/** Writes a date as text: all conversions of C11 in the "C" locale. @return length; 0: no room */
size_t strftime(char *restrict to, size_t size, const char *restrict format,
                const struct tm *restrict date);

/** Sleeps. @param rest set to 0, if not NULL @return 0; -1: EINVAL */
int nanosleep(const struct timespec *wanted, struct timespec *rest);
