/**
 * @file
 * The channel at work.
 *
 *     IDLE       no command is under way. Nobody has asked for anything
 *     WORKING    one is. Ends by an interrupt, or when there was none for COMMAND_TIME
 *     RESETTING  the disks have been reset, because that time was up. The state is looked at every
 *                RESET_PAUSE; then the command is given once more
 *
 * What becomes of a command that fails: what was asked of the bus master is asked once more without
 * it, request by request. What the disk did not answer is asked once more, after the reset. Else
 * the client is told EIO. Each failure is a line in the log.
 */
#include "storage/channel.h"

#include <errno.h>

#include "clock.h"
#include "print.h"

#include "storage/ata.h"
#include "storage/ata_reset.h"
#include "storage/disk.h"
#include "storage/dma.h"
#include "storage/transfer.h"

#define COMMAND_TIME 30000ul /* milliseconds for a disk to interrupt: it may have to spin up */
#define RESET_PAUSE 10ul     /* milliseconds between two looks at it */
#define RESET_TIME 31000ul   /* milliseconds for a reset [9.2] */

#define ATTEMPTS_MAX 2u     /* commands for one request, when the disk does not answer */
#define DMA_FAILURES_MAX 3u /* then a disk goes on without */

enum state { IDLE, WORKING, RESETTING };

static enum state state;
static struct work work;     /* what is under way */
static uint64_t deadline;    /* when the state is to be looked at */
static uint64_t reset_until; /* when a reset counts as failed */

static uint64_t now(void)
{
    return clock_read().value;
}

static const char *operation_name(enum storage_operation operation)
{
    static const char *const names[] = {
        [STORAGE_READ] = "read", [STORAGE_WRITE] = "write", [STORAGE_FLUSH] = "flush"};

    return names[operation];
}

/** Says in the log what has failed. */
static void report(const char *how, unsigned status)
{
    print("[storage] disk %u: %s of %u sectors at %lu by %s %s: status %02x, error %02x\n",
          work.order.disk, operation_name(work.order.operation), work.order.sectors,
          work.order.first, work.order.by_dma ? "DMA" : "PIO", how, status,
          status & ATA_ERR ? ata_read(ATA_ERROR) : 0u);
}

/** Has the requests done again, one by one and by PIO: they are still the next ones of their
 * client. A disk that tells no error when its DMA fails has done its part. */
static void go_on_without_dma(unsigned status)
{
    struct disk *disk = &disks[work.order.disk];

    work.client->careful = work.count;
    if ((status & ATA_ERR) == 0 && ++disk->dma_failures == DMA_FAILURES_MAX) {
        print("[storage] disk %u: no DMA any more\n", work.order.disk);
        disk->has_dma = false;
    }
}

/** The disk has told an error, or did not take the command. */
static void take_failure(void)
{
    unsigned status = ata_read(ATA_ALTERNATE_STATUS);

    report("failed", status);
    if (work.order.by_dma) {
        go_on_without_dma(status);
    } else {
        client_finish(work.client, work.count, EIO);
    }
    state = IDLE;
}

/** The disk has not answered. */
static void take_silence(void)
{
    unsigned status = ata_read(ATA_ALTERNATE_STATUS);

    report("got no answer", status);
    transfer_stop();
    if (work.order.by_dma) {
        go_on_without_dma(status);
    } else if (work.attempts >= ATTEMPTS_MAX) {
        client_finish(work.client, work.count, EIO);
    }
    ata_reset_begin(true);
    state = RESETTING;
    deadline = now() + RESET_PAUSE;
    reset_until = now() + RESET_TIME;
}

static void take(enum transfer_state how)
{
    switch (how) {
    case TRANSFER_UNDER_WAY:
        state = WORKING;
        deadline = now() + COMMAND_TIME;
        break;
    case TRANSFER_DONE:
        client_finish(work.client, work.count, 0);
        state = IDLE;
        break;
    case TRANSFER_FAILED:
        take_failure();
        break;
    }
}

/** Begins with what is next, if the channel is free. */
void channel_continue(void)
{
    while (state == IDLE && work_take(&work)) {
        take(transfer_begin(&work));
    }
}

/** An interrupt of the channel. */
void channel_interrupt(void)
{
    if (state == WORKING) {
        take(transfer_interrupt());
    } else {
        ata_read(ATA_STATUS); /* nobody has waited for it; it ends so */
    }
    channel_continue();
}

/** @return milliseconds until channel_time_is_up() is wanted; TIMEOUT_INFINITE: it is not */
uint64_t channel_time_left(void)
{
    uint64_t time = state == IDLE ? 0 : now();

    if (state == IDLE) {
        return TIMEOUT_INFINITE;
    }
    return deadline > time ? deadline - time : 0;
}

/** Does what is to be done when the time is up. */
void channel_time_is_up(void)
{
    uint64_t time = now();

    if (state == IDLE || time < deadline) {
        return;
    }
    if (state == WORKING) {
        take_silence();
    } else if (ata_reset_is_over() || time >= reset_until) {
        state = IDLE;
    } else {
        deadline = time + RESET_PAUSE;
    }
    channel_continue();
}
