/**
 * @file
 * A PC's first ATA channel: its registers, its commands, the bits in them.
 *
 * Names are those of ATA/ATAPI-6 (ANSI INCITS 361-2002), numbers in brackets its sections. The
 * ports are the PC's, where the channel is in compatibility mode (PCI IDE Controller Specification
 * 1.0).
 */
#pragma once

#include <stdint.h>

#define ATA_FIRST_PORT 0x1F0u   /**< command block: data to status */
#define ATA_CONTROL_PORT 0x3F6u /**< control block */
#define ATA_IRQ 14u             /**< the interrupt line */

/** Registers by their ports. Where a line names two, the second one is what is written. */
enum ata_register {
    ATA_DATA = ATA_FIRST_PORT, /**< 16 bits wide: ata_read_data() */
    ATA_ERROR,
    ATA_FEATURES = ATA_ERROR,
    ATA_SECTOR_COUNT,
    ATA_LBA_LOW,
    ATA_LBA_MID,
    ATA_LBA_HIGH,
    ATA_DEVICE,
    ATA_STATUS, /**< reading it ends the interrupt */
    ATA_COMMAND = ATA_STATUS,
    ATA_ALTERNATE_STATUS = ATA_CONTROL_PORT, /**< the status, and the interrupt stays */
    ATA_DEVICE_CONTROL = ATA_CONTROL_PORT
};

/** Status [7.15]. While BSY is set the other bits mean nothing. */
enum ata_status {
    ATA_ERR = 0x01,  /**< the error register says what */
    ATA_DRQ = 0x08,  /**< wants to hand over data, or to be handed some */
    ATA_DF = 0x20,   /**< device fault */
    ATA_DRDY = 0x40, /**< takes commands */
    ATA_BSY = 0x80   /**< the registers are the device's own */
};

/** Device control [7.8]. */
enum ata_control {
    ATA_NIEN = 0x02, /**< no interrupts */
    ATA_SRST = 0x04  /**< reset both devices */
};

/** Device [7.7]. */
enum ata_device {
    ATA_DEV = 0x10, /**< device 1 is meant, not 0 */
    ATA_LBA = 0x40  /**< sectors are counted from 0; in the low bits stand bits 24 to 27 */
};

/** Commands [8]. EXT: numbers of 48 bits, each register is written twice [6.20]. */
enum ata_command {
    ATA_READ_SECTORS = 0x20,
    ATA_READ_SECTORS_EXT = 0x24,
    ATA_READ_DMA_EXT = 0x25,
    ATA_WRITE_SECTORS = 0x30,
    ATA_WRITE_SECTORS_EXT = 0x34,
    ATA_WRITE_DMA_EXT = 0x35,
    ATA_READ_DMA = 0xC8,
    ATA_WRITE_DMA = 0xCA,
    ATA_FLUSH_CACHE = 0xE7,
    ATA_FLUSH_CACHE_EXT = 0xEA,
    ATA_IDENTIFY_DEVICE = 0xEC
};

#define ATA_SECTOR_WORDS 256u          /**< 16-bit words of a sector */
#define ATA_SECTORS_MAX 256u           /**< of one command without EXT; written as 0 */
#define ATA_LBA28_SECTORS (1ull << 28) /**< what commands without EXT can reach */
#define ATA_LBA48_SECTORS (1ull << 48)

/** How often the status is read, before a device that stays busy counts as broken. Reading a port
 * takes a microsecond at the ATA bus: this is 10 ms at least. */
#define ATA_POLL_LIMIT 10000u

uint8_t ata_read(enum ata_register which);
void ata_write(enum ata_register which, uint8_t byte);
uint16_t ata_read_data(void);
void ata_write_data(uint16_t word);
