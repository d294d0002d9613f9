/**
 * @file
 * The storage driver's client.
 *
 * Each transfer that is under way has a place in a table; its tag names the place, and how often it
 * was used before, so that no answer can be taken for another one's. The driver is believed to do
 * its work, but not to live: no call waits longer than PATIENCE, the first one as long as a driver
 * takes to find its disks, and a driver that has not answered is never asked again. What it still
 * has to do then fails with EIO.
 */
#include "vfs/storage.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#include "capability.h"
#include "ipc.h"
#include "memory.h"
#include "print.h"
#include "time_stamp.h"
#include "vfs/slots.h"
#include "vfs/stats.h"
#include "vfs/worker.h"

#define DRIVER ((slot){SLOT_STORAGE})
#define MEMORY ((slot){SLOT_STORAGE_MEMORY})
#define MEMORY_TO_GIVE ((slot){SLOT_STORAGE_MEMORY_TO_GIVE})
#define SIGNALS ((slot){SLOT_SIGNAL_STORAGE})

#define PATIENCE 3000ul        /* milliseconds: for one call, which never waits for a disk */
#define START_PATIENCE 10000ul /* likewise, when the driver may just have been started */
#define MEMORY_AT 0x0000200000000000ul /* where the frame is mapped */
#define TAG_PLACES 64u                 /* a tag: place, and TAG_PLACES times its count */

_Static_assert(STORAGE_QUEUE <= TAG_PLACES, "a tag has a place");

/** What is known of the driver. */
enum driver_state { DRIVER_UNKNOWN, DRIVER_READY, DRIVER_GONE };

/** A transfer that is under way. */
struct transfer {
    bool is_used;
    uint64_t tag;
    uint64_t began; /* time stamp */
    storage_finished finished;
    void *context;
};

static enum driver_state state;
static bool has_memory;
static struct transfer transfers[STORAGE_QUEUE];
static unsigned under_way;
static struct wait_queue room; /* those who wait until fewer are under way */

/** @return the pages that disks read into and write from */
uint8_t *storage_memory(void)
{
    return (uint8_t *)MEMORY_AT;
}

static void finish(struct transfer *transfer, int error)
{
    transfer->is_used = false;
    under_way--;
    stats_count_transfer(time_stamp() - transfer->began);
    transfer->finished(transfer->context, error);
    worker_wake_all(&room);
}

/** The driver is gone, or as good as gone. */
static void give_up(void)
{
    state = DRIVER_GONE;
    print("[vfs] The storage driver does not answer: no disk can be used any more.\n");
    for (unsigned i = 0; i < STORAGE_QUEUE; i++) {
        if (transfers[i].is_used) {
            finish(&transfers[i], EIO);
        }
    }
}

/** Asks the driver. @param message its words, and what travels, are set @return an error number */
static int ask(enum storage_request request, uint64_t words, struct message *message)
{
    uint64_t before = time_stamp();
    enum error error;

    message->info |= info_make(request, words);
    error = ipc_call(DRIVER, message, state == DRIVER_UNKNOWN ? START_PATIENCE : PATIENCE);
    stats_count_storage_call(time_stamp() - before);
    if (error != ERROR_NONE) {
        give_up();
        return EIO;
    }
    return (int)info_label(message->info);
}

/** Makes the memory, once. */
static enum error make_memory(void)
{
    enum error error = ERROR_NONE;

    if (!has_memory) {
        error = object_create(OBJECT_FRAME, STORAGE_MEMORY_PAGES, MEMORY);
        has_memory = error == ERROR_NONE;
    }
    if (error == ERROR_NONE) {
        error = frame_map(MEMORY, (slot){SLOT_OWN_SPACE}, MEMORY_AT, MEMORY_READ | MEMORY_WRITE);
    }
    if (error == ERROR_NONE) {
        error = slot_copy(MEMORY_TO_GIVE, MEMORY, MEMORY_READ | MEMORY_WRITE, 0);
    }
    return error;
}

/** Gives the driver something. */
static int give(enum storage_request request, slot what)
{
    struct message message = {.info = info_transfer(what)};

    return ask(request, 0, &message);
}

/** Gives the driver what it needs. @return 0; ENODEV */
static int connect(void)
{
    int error = ENODEV;

    if (make_memory() != ERROR_NONE) {
        print("[vfs] There is no memory for the blocks of disks.\n");
    } else {
        error = give(STORAGE_MEMORY, MEMORY_TO_GIVE);
        if (error == 0) {
            error = give(STORAGE_SIGNAL, SIGNALS);
        }
    }
    slot_delete(MEMORY_TO_GIVE);
    if (error == 0) {
        state = DRIVER_READY;
    }
    return error == 0 ? 0 : ENODEV;
}

int storage_info(unsigned disk, uint64_t *sectors)
{
    struct message message = {.words = {disk}};
    int error = state == DRIVER_UNKNOWN ? connect() : 0;

    if (error != 0 || state == DRIVER_GONE) {
        return ENODEV;
    }
    error = ask(STORAGE_INFO, 1, &message);
    *sectors = message.words[0];
    return error == 0 ? 0 : ENODEV;
}

/** @return a place that is not in use; sleeps until there is one */
static struct transfer *find_place(void)
{
    for (;;) {
        for (unsigned i = 0; i < STORAGE_QUEUE; i++) {
            if (!transfers[i].is_used) {
                transfers[i].tag = transfers[i].tag / TAG_PLACES * TAG_PLACES + TAG_PLACES + i;
                return &transfers[i];
            }
        }
        worker_sleep_surely(&room);
    }
}

/** Submits once. @return 0; EAGAIN; EIO */
static int submit(struct transfer *transfer, const struct storage_job *job)
{
    uint64_t offset = job->memory == NULL ? 0 : (uint64_t)(job->memory - storage_memory());
    struct message message = {
        .words = {job->operation, job->disk, job->sector, job->sectors, offset, transfer->tag}};
    uint64_t began = time_stamp();
    int error = ask(STORAGE_SUBMIT, 6, &message);

    if (error == 0) {
        *transfer = (struct transfer){true, transfer->tag, began, job->finished, job->context};
        under_way++;
    }
    return error == 0 || error == EAGAIN ? error : EIO;
}

/* EAGAIN although nothing of ours is under way: all of the driver's queue is somebody else's, and
 * no signal would come. */
int storage_submit(const struct storage_job *job)
{
    int error;

    do {
        struct transfer *transfer = find_place();

        error = state == DRIVER_READY ? submit(transfer, job) : EIO;
        if (error == EAGAIN && under_way == 0) {
            return EIO;
        }
        if (error == EAGAIN) {
            worker_sleep_surely(&room);
        }
    } while (error == EAGAIN);
    return error;
}

/** Takes the driver's word that a transfer is finished. */
static void take_result(uint64_t tag, uint64_t error)
{
    struct transfer *transfer = &transfers[tag % TAG_PLACES];

    if (tag % TAG_PLACES < STORAGE_QUEUE && transfer->is_used && transfer->tag == tag) {
        finish(transfer, error == 0 ? 0 : EIO);
    }
}

void storage_signalled(void)
{
    uint64_t count = STORAGE_REAPED_MAX;

    while (state == DRIVER_READY && under_way > 0 && count == STORAGE_REAPED_MAX) {
        struct message message = {.info = 0};

        count = ask(STORAGE_REAP, 0, &message) == 0 ? message.words[0] : 0;
        for (uint64_t i = 0; i < count && i < STORAGE_REAPED_MAX; i++) {
            take_result(message.words[1 + 2 * i], message.words[2 + 2 * i]);
        }
    }
}
