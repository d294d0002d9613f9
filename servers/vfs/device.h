/**
 * @file
 * Disks, as the cache and file systems see them.
 *
 * A disk is open for at most one file system. What is read and written are blocks of the size
 * that the file system has chosen; a transfer is begun here and finished when the storage driver
 * says so. If the driver ends or does not answer, all that is under way and all that comes later
 * fails with EIO.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "storage/proto.h"
#include "vfs/storage.h"

struct device;

/** Blocks to be read or written. */
struct device_transfer {
    enum storage_operation operation; /**< STORAGE_READ or STORAGE_WRITE */
    uint64_t block;                   /**< the first one */
    unsigned blocks;                  /**< how many, at most device_blocks_at_once() */
    uint8_t *memory;                  /**< in what storage_memory() gives */
    storage_finished finished;        /**< called once, unless device_begin() gives an error */
    void *context;                    /**< for that function */
};

/**
 * Opens a disk for a file system. May wait some seconds for the storage driver, the first time.
 *
 * @param source      its name: "disk0", "disk1"
 * @param block_size  512 to 4096 bytes, a power of 2; the cache's blocks of this disk from now on
 * @param device      set
 * @return 0; ENODEV; EBUSY: it is open already; EINVAL
 */
int device_open(const char *source, uint32_t block_size, struct device **device);

/** Closes a disk; its blocks in the cache are forgotten. */
void device_close(struct device *device);

/** Says that the blocks are of another size from now on. Nothing of it may be in use. */
int device_set_block_size(struct device *device, uint32_t block_size);

/** @return whole blocks of the disk */
uint64_t device_blocks(const struct device *device);

/** @return bytes of a block */
uint32_t device_block_size(const struct device *device);

/** @return the disk's name */
const char *device_name(const struct device *device);

/** @return how many blocks one transfer can have; more than one only where blocks are pages, since
 * these stand one behind the other in memory */
unsigned device_blocks_at_once(const struct device *device);

/** Begins a transfer. Sleeps while too many are under way. @return 0; EIO: it is not begun */
int device_begin(struct device *device, const struct device_transfer *transfer);

/** Has everything that was written so far put on the medium. Sleeps. @return 0; EIO: a flush has
 * failed meanwhile. What a drive could not flush is lost */
int device_flush(struct device *device);

/** Says that a write is finished: the next flush has something to do. */
void device_written(struct device *device);

/** Remembers that something could not be written. @param is_lost it will not be tried again */
void device_fail(struct device *device, bool is_lost);

/** @return how many writes and flushes have failed since the disk was opened */
uint64_t device_failures(const struct device *device);

/** @return whether something that was to be written is lost: the medium is not what it should be */
bool device_has_lost(const struct device *device);

/** To be called when the storage driver has signalled, and when any process has ended: it may be
 * the driver. Finishes what is finished. Never sleeps. */
void device_signalled(void);
