/**
 * @file
 * Giving commands to a disk (ATA/ATAPI-6 9.3, 9.4).
 */
#include "storage/ata_command.h"

#include "storage/ata.h"
#include "storage/disk.h"

#define STATUS_OF_NOTHING 0xFFu /**< what a channel without devices reads as */

/* Until a newly selected device has set its status 400 ns may pass [9.3]: four reads of a port. */
#define SETTLE_READS 4

/**
 * Waits for the status, at most ATA_POLL_LIMIT reads of it.
 *
 * @param mask    the bits that count
 * @param wanted  what they are to be
 * @return the status; when the time is up, what it was last
 */
unsigned ata_wait(unsigned mask, unsigned wanted)
{
    unsigned status = ata_read(ATA_ALTERNATE_STATUS);

    for (unsigned i = 1; i < ATA_POLL_LIMIT && (status & mask) != wanted; i++) {
        if (status == STATUS_OF_NOTHING) {
            break;
        }
        status = ata_read(ATA_ALTERNATE_STATUS);
    }
    return status;
}

static bool is_free(void)
{
    return (ata_wait(ATA_BSY | ATA_DRQ, 0) & (ATA_BSY | ATA_DRQ)) == 0;
}

/**
 * Lets the next registers be those of one of the two devices.
 *
 * @param device  0 or 1
 * @return whether it takes commands; a device that is not there seems to
 */
bool ata_select(unsigned device)
{
    if (!is_free()) {
        return false;
    }
    ata_write(ATA_DEVICE, (uint8_t)(ATA_LBA | (device == 0 ? 0 : ATA_DEV)));
    for (unsigned i = 0; i < SETTLE_READS; i++) {
        ata_read(ATA_ALTERNATE_STATUS);
    }
    return is_free();
}

/** The command for an order: [0] is without EXT. */
static enum ata_command command_of(const struct ata_order *order, bool is_ext)
{
    static const enum ata_command commands[][2][2] = {
        [STORAGE_READ] = {{ATA_READ_SECTORS, ATA_READ_SECTORS_EXT},
                          {ATA_READ_DMA, ATA_READ_DMA_EXT}},
        [STORAGE_WRITE] = {{ATA_WRITE_SECTORS, ATA_WRITE_SECTORS_EXT},
                           {ATA_WRITE_DMA, ATA_WRITE_DMA_EXT}},
        [STORAGE_FLUSH] = {{ATA_FLUSH_CACHE, ATA_FLUSH_CACHE_EXT},
                           {ATA_FLUSH_CACHE, ATA_FLUSH_CACHE_EXT}},
    };

    return commands[order->operation][order->by_dma][is_ext];
}

/** Writes the four registers that say where and how much. */
static void write_place(uint64_t first, unsigned sectors)
{
    ata_write(ATA_SECTOR_COUNT, (uint8_t)sectors);
    ata_write(ATA_LBA_LOW, (uint8_t)first);
    ata_write(ATA_LBA_MID, (uint8_t)(first >> 8));
    ata_write(ATA_LBA_HIGH, (uint8_t)(first >> 16));
}

/**
 * Gives a disk a command. What follows is its interrupt; but a disk that is to take data by PIO
 * asks for the first sector without one.
 *
 * @return false when it does not take commands
 */
bool ata_give(const struct ata_order *order)
{
    unsigned device = order->disk == 0 ? 0 : ATA_DEV;
    bool is_ext = order->operation == STORAGE_FLUSH
                      ? disks[order->disk].has_lba48
                      : order->first + order->sectors > ATA_LBA28_SECTORS;

    if (!ata_select(order->disk)) {
        return false;
    }
    if (is_ext) { /* each register keeps two bytes, the upper one is written first */
        write_place(order->first >> 24, order->sectors >> 8);
        write_place(order->first, order->sectors);
    } else {
        write_place(order->first, order->sectors);
        ata_write(ATA_DEVICE, (uint8_t)(ATA_LBA | device | (order->first >> 24 & 0x0F)));
    }
    ata_write(ATA_COMMAND, (uint8_t)command_of(order, is_ext));
    return true;
}
