/**
 * @file
 * The storage driver's protocol: blocks of a disk, through memory that both have.
 *
 * A client is known by its badge. The label of an answer is an error number of errno.h, 0 when all
 * went well. No request waits for a disk: STORAGE_SUBMIT takes it, the client's notification is
 * signalled when something is finished, STORAGE_REAP tells what.
 *
 *     STORAGE_INFO    request: 0 a disk's number, 0 to STORAGE_DISKS - 1
 *                     answer:  0 its sectors of 512 bytes; 1 enum storage_flag; 2 to 6 its model:
 *                              40 bytes, spaces at the end
 *                     ENODEV
 *     STORAGE_MEMORY  request: a frame travels along: where the client wants to have its data.
 *                              It replaces the one before. Nothing may be under way
 *                     EBUSY: that, or too many clients; EINVAL: no frame, one that cannot be read
 *                     and written, or a larger one
 *     STORAGE_SIGNAL  request: a notification travels along
 *                     EINVAL; EBUSY: too many clients
 *     STORAGE_SUBMIT  request: 0 enum storage_operation; 1 disk; 2 first sector; 3 sectors, 1 to
 *                              STORAGE_SECTORS_MAX; 4 offset in the client's memory, a multiple of
 *                              512; 5 a tag, any number
 *                     EAGAIN: STORAGE_QUEUE of the client's requests are not reaped yet; EINVAL:
 *                     outside of the disk or the memory, or there is no memory yet; ENODEV
 *     STORAGE_REAP    answer:  0 how many, at most STORAGE_REAPED_MAX; then tag and error number of
 *                              each. 0: nothing is finished that has not been told
 *
 * A client's requests are done in their order, and told in that order. Error numbers of what is
 * finished: 0; EIO: the disk has told an error, or has not answered in time, or the memory is gone.
 * A flush (no sectors, no offset) is finished when everything that was finished before it is on the
 * medium.
 */
#pragma once

/** Requests. */
enum storage_request {
    STORAGE_INFO = 1,
    STORAGE_MEMORY,
    STORAGE_SIGNAL,
    STORAGE_SUBMIT,
    STORAGE_REAP
};

/** What to do with sectors. */
enum storage_operation { STORAGE_READ = 1, STORAGE_WRITE, STORAGE_FLUSH };

/** What a disk is like. */
enum storage_flag { STORAGE_DMA = 1 /**< transfers by bus-master DMA, else by PIO */ };

#define STORAGE_DISKS 2u         /**< on the first channel */
#define STORAGE_SECTOR 512u      /**< bytes */
#define STORAGE_SECTORS_MAX 128u /**< of one request: 64 KB */
#define STORAGE_QUEUE 64u        /**< a client's requests that it has not reaped */
#define STORAGE_REAPED_MAX 3u
#define STORAGE_MEMORY_PAGES 512u /**< largest memory of a client, in pages: one frame */
