/**
 * @file
 * A command from its beginning to its end. There is one at a time: both disks have one channel.
 *
 * By DMA (ATA/ATAPI-6 9.7) the disk interrupts once, at the end. By PIO (9.5, 9.6) it interrupts
 * for each sector: when it has one to be read; when it has taken one that was written, the last one
 * included. For the first sector to be written there is no interrupt.
 */
#include "storage/transfer.h"

#include <errno.h>
#include <stddef.h>

#include "storage/ata.h"
#include "storage/dma.h"
#include "storage/pio_transfer.h"
#include "storage/pio_window.h"

static struct ata_order order; /* the command that is under way */
static uint16_t *place;        /* by PIO: where the next sector is in memory */
static unsigned left;          /* by PIO: sectors that are still to be moved */

/** Moves one sector by PIO. */
static enum transfer_state move_sector(enum transfer_state then)
{
    if (pio_transfer(order.operation, place, 1) != 0) {
        return TRANSFER_FAILED;
    }
    place += ATA_SECTOR_WORDS;
    left--;
    return then;
}

static enum transfer_state begin_dma(void)
{
    dma_prepare(order.operation);
    if (!ata_give(&order)) {
        return TRANSFER_FAILED;
    }
    dma_start(order.operation);
    return TRANSFER_UNDER_WAY;
}

static enum transfer_state begin_pio(const struct work *work)
{
    left = order.sectors;
    place = left == 0 ? NULL : window_open(work->client, work->offset, left * STORAGE_SECTOR);
    if ((left > 0 && place == NULL) || !ata_give(&order)) {
        return TRANSFER_FAILED;
    }
    return order.operation == STORAGE_WRITE ? move_sector(TRANSFER_UNDER_WAY) : TRANSFER_UNDER_WAY;
}

/** Lets go of memory when a command is over. */
static enum transfer_state close(enum transfer_state how)
{
    if (how != TRANSFER_UNDER_WAY && !order.by_dma) {
        window_close();
    }
    return how;
}

/** Gives the disk its command. @return TRANSFER_UNDER_WAY or TRANSFER_FAILED */
enum transfer_state transfer_begin(const struct work *work)
{
    order = work->order;
    return close(order.by_dma ? begin_dma() : begin_pio(work));
}

/** An interrupt while a command without DMA is under way. */
static enum transfer_state go_on_by_pio(void)
{
    if (order.operation == STORAGE_READ) {
        return move_sector(left > 1 ? TRANSFER_UNDER_WAY : TRANSFER_DONE);
    }
    return left > 0 ? move_sector(TRANSFER_UNDER_WAY) : TRANSFER_DONE;
}

/** @return how a command by DMA stands, after an interrupt with this status */
static enum transfer_state go_on_by_dma(unsigned status)
{
    bool is_moving = (status & (ATA_DRQ | ATA_ERR | ATA_DF)) == ATA_DRQ;
    enum dma_state state = is_moving ? DMA_UNDER_WAY : dma_finish();

    if (state == DMA_UNDER_WAY) {
        return TRANSFER_UNDER_WAY;
    }
    return state == DMA_FAILED || status & (ATA_ERR | ATA_DF) ? TRANSFER_FAILED : TRANSFER_DONE;
}

/** Takes an interrupt of the channel while a command is under way. */
enum transfer_state transfer_interrupt(void)
{
    unsigned status = ata_read(ATA_STATUS); /* which ends the interrupt */

    if (status & ATA_BSY) {
        return TRANSFER_UNDER_WAY; /* this was an earlier command's */
    }
    if (order.by_dma) {
        return go_on_by_dma(status);
    }
    return close(status & (ATA_ERR | ATA_DF) ? TRANSFER_FAILED : go_on_by_pio());
}

/** Ends a command that does not end by itself. The disk still has it: it is to be reset. */
void transfer_stop(void)
{
    if (order.by_dma) {
        dma_stop();
    }
    close(TRANSFER_FAILED);
}
