/**
 * @file
 * The storage driver's place: a disk that is a file. Transfers wait in a queue and are finished in
 * any order, while workers sleep; each transfer may fail, and with any write the power may go.
 */
#include "vfs/storage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host.h"
#include "random.h"

#define POWER_CUT 9 /* exit status */

struct faults faults;
uint64_t requests;

static struct storage_job queue[STORAGE_QUEUE];
static unsigned waiting;
static uint64_t unflushed; /* writes that are finished, but maybe not on the medium */
static int image;
static uint8_t *memory;

static void expect(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "disk: %s\n", what);
        abort();
    }
}

void disk_open(const char *path)
{
    image = open(path, O_RDWR);
    expect(image >= 0, "the image cannot be opened");
    memory = aligned_alloc(4096, STORAGE_MEMORY_PAGES * 4096);
}

uint8_t *storage_memory(void)
{
    return memory;
}

int storage_info(unsigned disk, uint64_t *sectors)
{
    struct stat status;

    if (disk != 0) {
        return ENODEV;
    }
    expect(fstat(image, &status) == 0, "the image has no size");
    *sectors = (uint64_t)status.st_size / STORAGE_SECTOR;
    return 0;
}

static bool counts_down(uint64_t *count)
{
    return *count > 0 && --*count == 0;
}

/** @return whether a transfer is to fail */
static bool fails(const struct storage_job *job)
{
    uint64_t *count = job->operation == STORAGE_READ ? &faults.read_error : &faults.write_error;

    if (*count == 0 || --*count > 0) {
        return false;
    }
    if (faults.errors > 1) { /* and the next one, too */
        faults.errors--;
        *count = 1;
    }
    return true;
}

/** The power fails within a write: some of its sectors have reached the disk. */
static void cut(const struct storage_job *job)
{
    for (unsigned i = 0; i < job->sectors; i++) {
        if (random_below(2) == 0) {
            (void)!pwrite(image, job->memory + i * STORAGE_SECTOR, STORAGE_SECTOR,
                          (off_t)((job->sector + i) * STORAGE_SECTOR));
        }
    }
    _exit(POWER_CUT);
}

static int transfer(const struct storage_job *job)
{
    size_t size = (size_t)job->sectors * STORAGE_SECTOR;
    off_t at = (off_t)(job->sector * STORAGE_SECTOR);
    ssize_t done = (ssize_t)size;

    if (fails(job)) {
        return EIO;
    }
    if (job->operation == STORAGE_READ) {
        done = pread(image, job->memory, size, at);
    } else if (job->operation == STORAGE_WRITE) {
        if (counts_down(&faults.cut)) {
            cut(job);
        }
        done = pwrite(image, job->memory, size, at);
        unflushed++;
    } else {
        unflushed = 0;
    }
    expect(done == (ssize_t)size, "a transfer is not inside of the image");
    return 0;
}

/** Finishes one transfer. @return whether there was one */
bool disk_step(void)
{
    struct storage_job job;
    unsigned chosen;
    int error;

    if (waiting == 0) {
        return false;
    }
    chosen = (unsigned)random_below(waiting);
    job = queue[chosen];
    queue[chosen] = queue[--waiting];
    error = transfer(&job);
    job.finished(job.context, error);
    return true;
}

/** Ends the run unless everything that was written is on the medium: a sync has said so. */
void disk_expect_flushed(void)
{
    expect(unflushed == 0, "a sync is done, but something is not on the medium");
}

/** Finishes all transfers. */
void disk_settle(void)
{
    while (disk_step()) {
    }
}

/* A driver with room for few transfers, so that waiting for room is tried, too. */
int storage_submit(const struct storage_job *job)
{
    requests++;
    if (faults.requests_max != 0 && requests > faults.requests_max) {
        fprintf(stderr, "disk: one command has made %lu requests: it does not end\n", requests);
        abort();
    }
    expect(job->sectors <= STORAGE_SECTORS_MAX, "a transfer is too long");
    expect(job->operation == STORAGE_FLUSH ||
               (job->memory >= memory && job->memory + (size_t)job->sectors * STORAGE_SECTOR <=
                                             memory + STORAGE_MEMORY_PAGES * 4096),
           "a transfer is not inside of the memory");
    while (waiting >= 8) {
        disk_step();
    }
    queue[waiting++] = *job;
    if (random_below(4) == 0) {
        disk_step();
    }
    return 0;
}

void storage_signalled(void)
{
}
