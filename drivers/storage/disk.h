/**
 * @file
 * The disks of the channel, as they describe themselves.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "storage/proto.h"

#define DISK_MODEL_WORDS 5u /**< of 64 bits: 40 characters */

/** A disk. What is not there has no sectors. */
struct disk {
    uint64_t sectors; /**< of STORAGE_SECTOR bytes */
    bool has_lba48;   /**< knows commands with EXT */
    bool has_dma;     /**< and there is a bus master, and it works */
    unsigned dma_failures;
    uint64_t model[DISK_MODEL_WORDS];
};

extern struct disk disks[STORAGE_DISKS];

void disk_identify(unsigned number);
