/**
 * @file
 * The storage driver's client: sectors of disks, in memory that the driver has, too.
 */
#pragma once

#include <stdint.h>

#include "storage/proto.h"

/**
 * Told when a transfer is finished. Does not sleep.
 *
 * @param context  as submitted
 * @param error    0 or EIO
 */
typedef void (*storage_finished)(void *context, int error);

/** A transfer. */
struct storage_job {
    enum storage_operation operation;
    unsigned disk;
    uint64_t sector;  /**< the first one */
    unsigned sectors; /**< how many, 1 to STORAGE_SECTORS_MAX; 0: flush */
    uint8_t *memory;  /**< in what storage_memory() gives, at a multiple of 512; flush: NULL */
    storage_finished finished;
    void *context;
};

/**
 * Finds out about a disk. The first time, finds the driver and gives it the memory: that may wait
 * for some seconds.
 *
 * @param disk     0 to STORAGE_DISKS - 1
 * @param sectors  set: how many it has, of 512 bytes
 * @return 0; ENODEV: no such disk, or no driver
 */
int storage_info(unsigned disk, uint64_t *sectors);

/** @return STORAGE_MEMORY_PAGES pages that disks read into and write from */
uint8_t *storage_memory(void);

/** Begins a transfer. Sleeps while too many are under way. @return 0; EIO: it is not begun, and
 * nobody is told of its end */
int storage_submit(const struct storage_job *job);

/** Tells those whose transfers are finished, or all if the driver is gone. Never sleeps. */
void storage_signalled(void);
