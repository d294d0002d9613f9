/**
 * @file
 * Counting and measuring.
 */
#include "stats.h"

#include "clock.h"
#include "time_stamp.h"

#define MICROSECONDS 1000u /* of a millisecond */

struct stats stats;

static uint64_t began_ticks, began_milliseconds;

/** Begins to measure how fast the time-stamp counter runs. To be called once, first. */
void stats_begin(void)
{
    began_ticks = time_stamp();
    began_milliseconds = clock_milliseconds();
}

static void add(struct stats_sum *sum, uint64_t ticks)
{
    sum->count++;
    sum->ticks += ticks;
}

/** Counts a request that has been answered. @param ticks from its arrival to its answer */
void stats_count_request(uint32_t label, uint64_t ticks)
{
    add(&stats.requests[label < FILE_REQUESTS ? label : 0], ticks);
}

/** Counts a request that has come. */
void stats_count_received(void)
{
    stats.received++;
}

/** Counts a request that nobody could serve. */
void stats_count_refused(void)
{
    stats.refused++;
}

/** Counts an answer that nobody has waited for. */
void stats_count_gone(void)
{
    stats.gone++;
}

/** Counts a signal. */
void stats_count_signal(void)
{
    stats.signals++;
}

/** Counts a call to the storage driver: see stats.h. */
void stats_count_storage_call(uint64_t ticks)
{
    add(&stats.storage_calls, ticks);
}

/** Counts what the storage driver has done: see stats.h. */
void stats_count_transfer(uint64_t ticks)
{
    add(&stats.transfers, ticks);
}

/**
 * Tells how long things have taken on the average. How fast the counter runs is measured by the
 * kernel's clock, from stats_begin() to now.
 *
 * @return microseconds, rounded down; 0 when nothing was counted, or nothing can be said yet
 */
uint64_t stats_microseconds(const struct stats_sum *sum)
{
    uint64_t ticks = time_stamp() - began_ticks;
    uint64_t milliseconds = clock_milliseconds() - began_milliseconds;
    uint64_t ticks_per_millisecond = milliseconds > 0 ? ticks / milliseconds : 0;

    if (sum->count == 0 || ticks_per_millisecond == 0) {
        return 0;
    }
    return sum->ticks / sum->count * MICROSECONDS / ticks_per_millisecond;
}
