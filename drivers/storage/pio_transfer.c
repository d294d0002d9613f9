/**
 * @file
 * Data through the CPU, sector by sector.
 */
#include "storage/pio_transfer.h"

#include <errno.h>

#include "storage/ata.h"

/**
 * Moves sectors between memory and the device that has a command under way, word by word through
 * the data register.
 *
 * A device is asked before each sector, because after each it may need time, or find that it cannot
 * read the next one. The alternate status is read until BSY is clear, at most ATA_POLL_LIMIT times;
 * the other bits of a busy device mean nothing. Then
 *
 * - with ERR or DF set the command has failed, whatever DRQ says;
 * - with DRQ clear the device has no data, or wants none, against what the command says;
 * - else a sector is moved: ATA_SECTOR_WORDS words, in order. No more and no fewer: the device
 *   counts.
 *
 * @param operation  STORAGE_READ: the device's words go to memory; STORAGE_WRITE: memory's to it
 * @param words      the first sector's first word; the next sector's follow. With an error the
 *                   sectors before the failed one have been moved
 * @param sectors    how many, at least 1
 * @return 0; EIO: the device has failed, stayed busy, or was not ready for data. It is moved no
 *         word then of this sector and of those behind it
 */
int pio_transfer(enum storage_operation operation, uint16_t *words, unsigned sectors)
{
    for (; sectors > 0; sectors--) {
        unsigned status = ATA_BSY;

        for (unsigned poll = 0; poll < ATA_POLL_LIMIT && (status & ATA_BSY); poll++) {
            status = ata_read(ATA_ALTERNATE_STATUS);
        }
        if ((status & (ATA_BSY | ATA_DRQ | ATA_DF | ATA_ERR)) != ATA_DRQ) {
            return EIO;
        }
        for (unsigned i = 0; i < ATA_SECTOR_WORDS; i++, words++) {
            if (operation == STORAGE_READ) {
                *words = ata_read_data();
            } else {
                ata_write_data(*words);
            }
        }
    }
    return 0;
}
