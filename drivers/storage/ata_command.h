/**
 * @file
 * Commands, as they are given to a disk.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "storage/proto.h"

/** What a disk is to do. */
struct ata_order {
    enum storage_operation operation;
    unsigned disk;    /**< 0 to STORAGE_DISKS - 1, one that is there */
    uint64_t first;   /**< sector */
    unsigned sectors; /**< up to ATA_SECTORS_MAX, all of them the disk's; a flush has none */
    bool by_dma;
};

bool ata_select(unsigned device);
unsigned ata_wait(unsigned mask, unsigned wanted);
bool ata_give(const struct ata_order *order);
