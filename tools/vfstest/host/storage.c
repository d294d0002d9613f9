/**
 * @file
 * A stand-in for the storage driver: disks are files of the host.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "abi/capability.h"
#include "host.h"
#include "storage/proto.h"
#include "vfs/slots.h"

/** A transfer. */
struct transfer {
    uint64_t operation, disk, sector, sectors, offset, tag;
    int error; /**< when it is finished */
};

static int disks[STORAGE_DISKS] = {-1, -1};
static uint64_t sizes[STORAGE_DISKS]; /* in sectors */
static uint8_t *memory;
static bool has_signal;
static struct transfer under_way[STORAGE_QUEUE], finished[STORAGE_QUEUE];
static unsigned under_way_count, finished_count;
static uint64_t failures, flush_failures;
static uint64_t bad_sector = UINT64_MAX;

/** Opens a disk's file. */
void host_storage_open(unsigned disk, const char *path)
{
    struct stat status;

    disks[disk] = open(path, O_RDWR);
    if (disks[disk] < 0 || fstat(disks[disk], &status) != 0) {
        host_fail("cannot open %s: %s", path, strerror(errno));
    }
    sizes[disk] = (uint64_t)status.st_size / STORAGE_SECTOR;
}

/** Lets transfers fail. */
void host_storage_fail_next(uint64_t count)
{
    failures = count;
}

/** Lets flushes fail. */
void host_storage_fail_flushes(uint64_t count)
{
    flush_failures = count;
}

/** Makes a sector bad. */
void host_storage_break(uint64_t sector)
{
    bad_sector = sector;
}

static int tell_info(struct message *message)
{
    uint64_t disk = message->words[0];

    if (disk >= STORAGE_DISKS || disks[disk] < 0) {
        return ENODEV;
    }
    memset(message->words, ' ', sizeof(message->words));
    message->words[0] = sizes[disk];
    message->words[1] = STORAGE_DMA;
    return 0;
}

static int take_memory(const struct message *message)
{
    slot slot = {message->info >> MESSAGE_SLOT_SHIFT & MESSAGE_SLOT_MASK};

    if (!(message->info & MESSAGE_TRANSFER) || host_slot_at(slot)->kind != OBJECT_FRAME) {
        return EINVAL;
    }
    if (under_way_count > 0) {
        return EBUSY;
    }
    memory = host_slot_at(slot)->memory;
    return memory != NULL ? 0 : EINVAL;
}

static int take_signal(const struct message *message)
{
    slot slot = {message->info >> MESSAGE_SLOT_SHIFT & MESSAGE_SLOT_MASK};

    if (!(message->info & MESSAGE_TRANSFER) || host_slot_at(slot)->kind != OBJECT_NOTIFICATION ||
        host_slot_at(slot)->badge != SIGNAL_STORAGE) {
        return EINVAL;
    }
    has_signal = true;
    return 0;
}

static int submit(const struct message *message)
{
    const uint64_t *words = message->words;
    struct transfer new = {words[0], words[1], words[2], words[3], words[4], words[5], 0};
    bool is_flush = new.operation == STORAGE_FLUSH;

    if (new.disk >= STORAGE_DISKS || disks[new.disk] < 0) {
        return ENODEV;
    }
    if (new.operation < STORAGE_READ || new.operation > STORAGE_FLUSH ||
        (!is_flush && (memory == NULL || new.sectors < 1 || new.sectors > STORAGE_SECTORS_MAX ||
                       new.sector > sizes[new.disk] || new.sectors > sizes[new.disk] - new.sector ||
                       new.offset % STORAGE_SECTOR != 0 ||
                       new.offset > STORAGE_MEMORY_PAGES * 4096ul - new.sectors *STORAGE_SECTOR))) {
        host_fail("the storage driver is asked for what cannot be: %lu, sector %lu, %lu sectors",
                  new.operation, new.sector, new.sectors);
    }
    if (under_way_count + finished_count == STORAGE_QUEUE) {
        return EAGAIN;
    }
    under_way[under_way_count++] = new;
    return 0;
}

static int reap(struct message *message)
{
    uint64_t count = finished_count < STORAGE_REAPED_MAX ? finished_count : STORAGE_REAPED_MAX;

    message->words[0] = count;
    for (uint64_t i = 0; i < count; i++) {
        message->words[1 + 2 * i] = finished[i].tag;
        message->words[2 + 2 * i] = (uint64_t)finished[i].error;
    }
    finished_count -= count;
    memmove(finished, finished + count, finished_count * sizeof(finished[0]));
    return 0;
}

/** Answers a request to the storage driver. */
void host_storage_call(struct message *message)
{
    int error = ENOSYS;

    switch (info_label(message->info)) {
    case STORAGE_INFO:
        error = tell_info(message);
        break;
    case STORAGE_MEMORY:
        error = take_memory(message);
        break;
    case STORAGE_SIGNAL:
        error = take_signal(message);
        break;
    case STORAGE_SUBMIT:
        error = submit(message);
        break;
    case STORAGE_REAP:
        error = reap(message);
        break;
    default:
        break;
    }
    message->info = info_make((uint32_t)error, 8);
}

/** Does what a transfer says. @return 0; EIO */
static int transfer(const struct transfer *transfer)
{
    size_t size = transfer->sectors * STORAGE_SECTOR;
    off_t where = (off_t)(transfer->sector * STORAGE_SECTOR);
    ssize_t done = 0;

    if (failures > 0) {
        failures--;
        return EIO;
    }
    if (transfer->operation == STORAGE_FLUSH) {
        bool fails = flush_failures > 0;

        flush_failures -= fails;
        return fails ? EIO : 0;
    }
    if (bad_sector >= transfer->sector && bad_sector - transfer->sector < transfer->sectors) {
        return EIO;
    }
    if (transfer->operation == STORAGE_READ) {
        done = pread(disks[transfer->disk], memory + transfer->offset, size, where);
    } else {
        done = pwrite(disks[transfer->disk], memory + transfer->offset, size, where);
    }
    return done == (ssize_t)size ? 0 : EIO;
}

/** Finishes one of the transfers under way, and signals it. @return false: there is none */
bool host_storage_finish_one(void)
{
    struct transfer *one;

    if (under_way_count == 0) {
        return false;
    }
    one = &under_way[host_random(under_way_count)];
    one->error = transfer(one);
    finished[finished_count++] = *one;
    *one = under_way[--under_way_count];
    if (has_signal) {
        host_signals |= SIGNAL_STORAGE;
    }
    return true;
}
