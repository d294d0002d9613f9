/**
 * @file
 * What is counted and measured while the server works: /proc/ipc_stats shows it. Times are counts
 * of the CPU's time-stamp counter (time_stamp.h).
 */
#pragma once

#include <stdint.h>

#include "vfs/proto.h"

/** Things that were counted, and how long they have taken. */
struct stats_sum {
    uint64_t count, ticks;
};

/** What there is to know. */
struct stats {
    struct stats_sum requests[FILE_REQUESTS]; /**< answered; by enum file_request, 0: others */
    uint64_t received;                        /**< requests that have come */
    uint64_t refused; /**< of these: answered with EAGAIN, as there was nobody to serve them */
    uint64_t gone;    /**< answers that nobody has waited for any more */
    uint64_t signals; /**< that have come */
    struct stats_sum storage_calls; /**< to the storage driver */
    struct stats_sum transfers;     /**< done by it */
};

extern struct stats stats;

void stats_begin(void);
void stats_count_received(void);
void stats_count_request(uint32_t label, uint64_t ticks);
void stats_count_refused(void);
void stats_count_gone(void);
void stats_count_signal(void);

/** Counts a call to the storage driver. @param ticks from the call to its answer */
void stats_count_storage_call(uint64_t ticks);

/** Counts something that the storage driver has done. @param ticks from submitting it to its end */
void stats_count_transfer(uint64_t ticks);

uint64_t stats_microseconds(const struct stats_sum *sum);
