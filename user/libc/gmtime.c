/**
 * @file
 * Times as dates, and back (ISO C11 7.27.2.3, 7.27.3). Local time is UTC.
 *
 * The calendar is the Gregorian one, also before it was made: 400 years have 146097 days. To count
 * easily, years begin in March here, so that the leap day is a year's last.
 */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <time.h>

#define DAY 86400
#define DAYS_400_YEARS 146097
#define DAYS_BEFORE_1970 719468 /* since March 1st of the year 0 */

/** Divides, rounding down. @param rest set, from 0 on */
static int64_t divide(int64_t number, int64_t by, int64_t *rest)
{
    int64_t result = number / by;

    *rest = number % by;
    if (*rest < 0) {
        *rest += by;
        result--;
    }
    return result;
}

/** Days from the beginning of March to that of a month, which is counted from March, 0 to 11. */
static int64_t days_to_month(int64_t month)
{
    return (153 * month + 2) / 5;
}

/** @return days from 1970-01-01 to the first day of a month. @param month 0 to 11 */
static int64_t days_to(int64_t year, int64_t month)
{
    int64_t of_400, months_from_march = (month + 10) % 12;
    int64_t cycles = divide(month < 2 ? year - 1 : year, 400, &of_400);

    return cycles * DAYS_400_YEARS + of_400 * 365 + of_400 / 4 - of_400 / 100 +
           days_to_month(months_from_march) - DAYS_BEFORE_1970;
}

/** @return the year, which begins in January, that a day is in. @param day since 1970-01-01 */
static int64_t year_of(int64_t day)
{
    int64_t of_400;
    int64_t cycles = divide(day + DAYS_BEFORE_1970, DAYS_400_YEARS, &of_400);
    int64_t year = cycles * 400 + of_400 / 366; /* that, or one of the next two */

    while (day >= days_to(year + 1, 0)) {
        year++;
    }
    return year;
}

/** Sets a date's day: all but the time of day. @return false: the year is no int */
static bool set_day(struct tm *date, int64_t day)
{
    int64_t year = year_of(day), month = 0, weekday;

    if (year - 1900 > INT_MAX || year - 1900 < INT_MIN) {
        return false;
    }
    while (month < 11 && day >= days_to(year, month + 1)) {
        month++;
    }
    divide(day + 4, 7, &weekday); /* 1970-01-01 was a Thursday */
    date->tm_year = (int)(year - 1900);
    date->tm_mon = (int)month;
    date->tm_mday = (int)(day - days_to(year, month)) + 1;
    date->tm_yday = (int)(day - days_to(year, 0));
    date->tm_wday = (int)weekday;
    return true;
}

/**
 * @param time  any
 * @param date  set
 * @return date; NULL, errno EOVERFLOW: its year is no int
 */
struct tm *gmtime_r(const time_t *restrict time, struct tm *restrict date)
{
    int64_t second;
    int64_t day = divide(*time, DAY, &second);
    struct tm made = {.tm_hour = (int)(second / 3600),
                      .tm_min = (int)(second / 60 % 60),
                      .tm_sec = (int)(second % 60)};

    if (!set_day(&made, day)) {
        errno = EOVERFLOW;
        return NULL;
    }
    *date = made;
    return date;
}

/** The same, with one place for all dates: until the next call. @return as gmtime_r() */
struct tm *gmtime(const time_t *time)
{
    static struct tm date;

    return gmtime_r(time, &date);
}

/** The same as gmtime_r(). */
struct tm *localtime_r(const time_t *restrict time, struct tm *restrict date)
{
    return gmtime_r(time, date);
}

/** The same as gmtime(). */
struct tm *localtime(const time_t *time)
{
    return gmtime(time);
}

/**
 * @param date  its members may be out of their ranges, tm_wday and tm_yday do not count; put right
 *              afterwards
 * @return its time; -1, errno EOVERFLOW: its year is no int
 */
time_t timegm(struct tm *date)
{
    int64_t month;
    int64_t years = divide(date->tm_mon, 12, &month) + date->tm_year + 1900;
    int64_t days = days_to(years, month) + date->tm_mday - 1;
    time_t time =
        days * DAY + (int64_t)date->tm_hour * 3600 + (int64_t)date->tm_min * 60 + date->tm_sec;

    return gmtime_r(&time, date) == NULL ? -1 : time;
}

/** The same as timegm(). */
time_t mktime(struct tm *date)
{
    return timegm(date);
}
