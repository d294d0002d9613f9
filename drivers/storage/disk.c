/**
 * @file
 * The disks of the channel: IDENTIFY DEVICE (ATA/ATAPI-6 8.15).
 *
 * Done before anything else and with interrupts off: the device is polled.
 */
#include "storage/disk.h"

#include "print.h"
#include "string.h"
#include "task.h"

#include "storage/ata.h"
#include "storage/ata_command.h"
#include "storage/pio_transfer.h"

/** Words of what a device tells, and bits in them. */
enum identify_word {
    IDENTIFY_GENERAL = 0,
    IDENTIFY_MODEL = 27,
    IDENTIFY_CAPABILITIES = 49,
    IDENTIFY_SECTORS_28 = 60,
    IDENTIFY_FEATURES = 83,
    IDENTIFY_SECTORS_48 = 100
};

#define SELECT_ATTEMPTS 40u
#define SELECT_PAUSE 20ul  /* milliseconds */
#define IDENTIFY_TIME 500u /* milliseconds for a device to describe itself */

#define GENERAL_NO_ATA 0x8000u
#define CAPABILITY_DMA 0x0100u
#define CAPABILITY_LBA 0x0200u
#define FEATURE_LBA48 0x0400u

struct disk disks[STORAGE_DISKS];

/** @return a number that stands in several words, the lowest one first */
static uint64_t number_of(const uint16_t *words, unsigned count)
{
    uint64_t number = 0;

    while (count-- > 0) {
        number = number << 16 | words[count];
    }
    return number;
}

/** Copies the model's name: of each word the upper byte is the first character. */
static void copy_model(struct disk *disk, const uint16_t *words)
{
    char name[sizeof(disk->model)];

    for (unsigned i = 0; i < sizeof(name); i++) {
        unsigned character = words[IDENTIFY_MODEL + i / 2] >> (i % 2 ? 0 : 8) & 0xFF;

        name[i] = character >= ' ' && character <= '~' ? (char)character : ' ';
    }
    memcpy(disk->model, name, sizeof(name));
}

/** Lets a device be the one that is meant. When the other one is not there, nobody has told yet
 * whether this one has been reset. @return whether it takes commands; one that is not there may */
static bool select_patiently(unsigned number)
{
    for (unsigned i = 0; i < SELECT_ATTEMPTS; i++) {
        if (ata_select(number)) {
            return true;
        }
        task_sleep(SELECT_PAUSE);
    }
    return false;
}

/** Asks a device for its description. @return whether there is a disk that gives one */
static bool ask(unsigned number, uint16_t *words)
{
    if (!select_patiently(number) || ata_read(ATA_STATUS) == 0) {
        return false;
    }
    ata_write(ATA_SECTOR_COUNT, 0);
    ata_write(ATA_LBA_LOW, 0);
    ata_write(ATA_LBA_MID, 0);
    ata_write(ATA_LBA_HIGH, 0);
    ata_write(ATA_COMMAND, ATA_IDENTIFY_DEVICE);
    if (ata_read(ATA_STATUS) == 0) {
        return false;
    }
    for (unsigned i = 0; i < IDENTIFY_TIME && ata_read(ATA_ALTERNATE_STATUS) & ATA_BSY; i++) {
        task_sleep(1);
    }
    return pio_transfer(STORAGE_READ, words, 1) == 0; /* a CD drive answers with an error */
}

/** Takes over what a disk tells. It has no sectors as long as it cannot count them from 0. */
static void describe(struct disk *disk, const uint16_t *words)
{
    if (words[IDENTIFY_GENERAL] & GENERAL_NO_ATA ||
        (words[IDENTIFY_CAPABILITIES] & CAPABILITY_LBA) == 0) {
        return;
    }
    disk->has_dma = words[IDENTIFY_CAPABILITIES] & CAPABILITY_DMA;
    disk->has_lba48 = words[IDENTIFY_FEATURES] & FEATURE_LBA48;
    disk->sectors = disk->has_lba48 ? number_of(words + IDENTIFY_SECTORS_48, 4)
                                    : number_of(words + IDENTIFY_SECTORS_28, 2);
    if (disk->sectors > ATA_LBA48_SECTORS) {
        disk->sectors = ATA_LBA48_SECTORS;
    }
    copy_model(disk, words);
}

/**
 * Finds out what is at one end of the channel. Its interrupts are off.
 *
 * @param number  0 to STORAGE_DISKS - 1
 */
void disk_identify(unsigned number)
{
    static uint16_t words[ATA_SECTOR_WORDS];
    struct disk *disk = &disks[number];

    *disk = (struct disk){0};
    if (ask(number, words)) {
        describe(disk, words);
    }
}
