/**
 * @file
 * Dates, compared with the host's, over many centuries.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "libc.h"
#include "suites.h"

#define YEAR 31556952ll /* seconds, on average */

static bool is_same(const struct tm *left, const struct tm *right)
{
    return left->tm_sec == right->tm_sec && left->tm_min == right->tm_min &&
           left->tm_hour == right->tm_hour && left->tm_mday == right->tm_mday &&
           left->tm_mon == right->tm_mon && left->tm_year == right->tm_year &&
           left->tm_wday == right->tm_wday && left->tm_yday == right->tm_yday;
}

static time_t random_time(void)
{
    switch (random_below(4)) {
    case 0: /* around New Year, from the year 1 on */
        return ((int64_t)random_below(4000) - 1969) * YEAR + (int64_t)random_below(10 * 86400) -
               5 * 86400;
    case 1:
        return (int64_t)random_below(4102444800u); /* up to 2100 */
    case 2:
        return (int64_t)random_below(20000ull * YEAR) - 10000 * YEAR;
    default:
        return (int64_t)random_next() >> random_below(40);
    }
}

static void break_down(time_t time)
{
    struct tm ours = {0}, theirs = {0};
    bool has_date = gmtime_r(&time, &theirs) != NULL;

    libc_errno = 0;
    EXPECT((libc_gmtime_r(&time, &ours) != NULL) == has_date, "gmtime_r(%ld)", time);
    if (!has_date) {
        expect_equal((uint64_t)libc_errno, EOVERFLOW, "errno of gmtime_r(%ld)", time);
        return;
    }
    EXPECT(is_same(&ours, &theirs), "gmtime_r(%ld): %d-%d-%d, day %d of the year, %d of the week",
           time, ours.tm_year + 1900, ours.tm_mon + 1, ours.tm_mday, ours.tm_yday, ours.tm_wday);
    expect_equal((uint64_t)libc_timegm(&ours), (uint64_t)time, "timegm of gmtime_r(%ld)", time);
}

/** A date with numbers that are too large or too small is put right. */
static void put_right(void)
{
    struct tm ours = {.tm_sec = (int)random_below(10000) - 5000,
                      .tm_min = (int)random_below(10000) - 5000,
                      .tm_hour = (int)random_below(1000) - 500,
                      .tm_mday = (int)random_below(1000) - 500,
                      .tm_mon = (int)random_below(100) - 50,
                      .tm_year = (int)random_below(4000) - 1500};
    struct tm theirs = ours;

    expect_equal((uint64_t)libc_timegm(&ours), (uint64_t)timegm(&theirs), "timegm");
    EXPECT(is_same(&ours, &theirs), "timegm puts a date right");
}

static void write_date(time_t time)
{
    static const char letters[] = "aAbBcCdDeFgGhHIjmMnprRsStTuUVwWxXyYz%";
    char format[64] = "", ours[200], theirs[200];
    size_t size = random_chance(80) ? sizeof(ours) : random_below(30);
    size_t our_length, their_length;
    struct tm date;

    gmtime_r(&time, &date);
    for (unsigned i = 0; i < 5; i++) {
        char piece[] = {'%', letters[random_below(sizeof(letters) - 1)],
                        random_chance(50) ? '-' : ' ', '\0'};

        strcat(format, piece);
    }
    our_length = libc_strftime(ours, size, format, &date);
    their_length = strftime(theirs, size, format, &date);
    expect_equal(our_length, their_length, "length of \"%s\" at %ld", format, time);
    EXPECT(our_length == 0 || strcmp(ours, theirs) == 0, "\"%s\" at %ld: \"%s\", not \"%s\"",
           format, time, ours, theirs);
}

static void wrong_dates(void)
{
    struct tm date = {.tm_wday = 9, .tm_mon = -1};
    char text[20];

    EXPECT(libc_strftime(text, sizeof(text), "%a %B %Q%", &date) == 7 &&
               strcmp(text, "? ? %Q%") == 0,
           "a date that is none: \"%s\"", text);
}

/** Random times. */
void dates_run(unsigned steps)
{
    wrong_dates();
    for (unsigned i = 0; i < steps; i++) {
        time_t time = random_time();

        step_begin("at %ld", time);
        break_down(time);
        put_right();
        time = (int64_t)random_below(8998ull * YEAR) - 969 * YEAR; /* years of four digits */
        write_date(time);
    }
}
