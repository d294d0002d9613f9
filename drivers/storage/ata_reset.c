/**
 * @file
 * The software reset of both devices (ATA/ATAPI-6 9.2).
 */
#include "storage/ata_reset.h"

#include "storage/ata.h"

/* SRST is to be set for 5 microseconds at least, and BSY is not to be looked at for another 2
 * milliseconds. Reading a port takes a microsecond; the caller looks after RESET_PAUSE. */
#define HOLD_READS 10

/**
 * Begins a reset. Whatever the devices were doing, they forget it.
 *
 * @param interrupts  whether they may interrupt afterwards
 */
void ata_reset_begin(bool interrupts)
{
    uint8_t control = interrupts ? 0 : ATA_NIEN;

    ata_write(ATA_DEVICE_CONTROL, control | ATA_SRST);
    for (unsigned i = 0; i < HOLD_READS; i++) {
        ata_read(ATA_ALTERNATE_STATUS);
    }
    ata_write(ATA_DEVICE_CONTROL, control);
}

/** @return whether device 0 takes commands again, and with it device 1 */
bool ata_reset_is_over(void)
{
    return (ata_read(ATA_ALTERNATE_STATUS) & ATA_BSY) == 0;
}
