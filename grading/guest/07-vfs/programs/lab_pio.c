/**
 * @file
 * pio_transfer(): a device that takes its time, fails, or is not ready, at any sector.
 */
#include "notes.h"
#include "storage/ata.h"
#include "storage/pio_transfer.h"

#define CASES 200u
#define SECTORS 4u
#define WORDS ((SECTORS + 1) * ATA_SECTOR_WORDS)
#define STRANGE_MOST 4u
#define AFTER 0xEEEE     /* memory that is nobody's affair */
#define OTHER_BITS 0x56u /* of the status: they tell nothing about the data */

_Static_assert(ATA_POLL_LIMIT == 10000, "the test outside knows this number");

enum { OTHER_REGISTER = 1, DATA_UNASKED, DATA_WRONG_WAY, WRITTEN };

/** What the device does at a sector. */
static struct {
    uint64_t busy; /**< the status is read so often before BSY is clear */
    uint64_t status;
} sectors[SECTORS];

static enum storage_operation operation;
static uint64_t sector, polls, words_left, words_moved, digest, noise, factor;
static uint16_t memory[WORDS];
static unsigned strange;

/** Notes what should not be; that may be said of thousands of words. */
static void note_strange(unsigned what, uint64_t given)
{
    if (strange++ < STRANGE_MOST) {
        note_call(what, given);
    }
}

/* --- the device --- */

uint8_t ata_read(enum ata_register which)
{
    if (which != ATA_ALTERNATE_STATUS) {
        note_strange(OTHER_REGISTER, which);
        return ATA_BSY;
    }
    polls++;
    if (words_left > 0) {
        return ATA_DRDY | ATA_DRQ;
    }
    if (sector >= SECTORS) {
        return ATA_DRDY;
    }
    if (sectors[sector].busy > 0) {
        sectors[sector].busy--;
        return (uint8_t)(ATA_BSY | (polls % 3 == 0 ? noise : 0));
    }
    if ((sectors[sector].status & (ATA_DRQ | ATA_ERR | ATA_DF)) == ATA_DRQ) {
        words_left = ATA_SECTOR_WORDS;
    }
    return (uint8_t)sectors[sector].status;
}

void ata_write(enum ata_register which, uint8_t byte)
{
    (void)byte;
    note_strange(WRITTEN, which);
}

/** A word goes through the data register. @return its number, from 1 */
static uint64_t move(enum storage_operation way)
{
    if (way != operation || words_left == 0) {
        note_strange(way != operation ? DATA_WRONG_WAY : DATA_UNASKED, words_moved);
        return 0;
    }
    words_left--;
    if (words_left == 0) {
        note(polls); /* the sector's; no call has so small a number */
        polls = 0;
        sector++;
    }
    return ++words_moved;
}

uint16_t ata_read_data(void)
{
    return (uint16_t)(move(STORAGE_READ) * factor >> 16);
}

void ata_write_data(uint16_t word)
{
    digest += move(STORAGE_WRITE) * word;
}

/* --- calls --- */

static uint64_t any_busy(void)
{
    uint64_t choice = guest_random_below(24);

    if (choice < 2) {
        return choice == 0 ? ATA_POLL_LIMIT - 1 + guest_random_below(2) : ATA_POLL_LIMIT * 4;
    }
    if (choice < 8) { /* long, but not too long, also if the one before has been */
        return ATA_POLL_LIMIT / 2 + guest_random_below(ATA_POLL_LIMIT / 4);
    }
    return guest_random_below(2) ? guest_random_below(20) : 0;
}

static uint64_t any_status(void)
{
    static const uint8_t failed[] = {ATA_ERR, ATA_DF, ATA_ERR | ATA_DRQ, ATA_DF | ATA_DRQ, 0};

    if (guest_random_below(8) == 0) {
        return ATA_DRDY | failed[guest_random_below(5)];
    }
    return ATA_DRQ | (guest_random_below(0x80) & OTHER_BITS);
}

static void prepare(void)
{
    operation = guest_random_below(2) ? STORAGE_READ : STORAGE_WRITE;
    sector = polls = words_left = words_moved = digest = 0;
    strange = 0;
    for (unsigned i = 0; i < SECTORS; i++) {
        sectors[i].busy = any_busy();
        sectors[i].status = any_status();
    }
    noise = guest_random();
    factor = guest_random() | 1;
    for (unsigned i = 0; i < WORDS; i++) {
        memory[i] = operation == STORAGE_WRITE ? (uint16_t)((i + 1) * factor >> 24) : AFTER;
    }
}

static uint64_t memory_digest(void)
{
    uint64_t sum = 0;

    for (uint64_t i = 0; i < WORDS; i++) {
        sum += memory[i] * (i + 1);
    }
    return sum;
}

int64_t guest_main(uint64_t argument)
{
    (void)argument;
    for (unsigned i = 0; i < CASES; i++) {
        int error;

        prepare();
        error = pio_transfer(operation, memory, (unsigned)(1 + guest_random_below(SECTORS)));
        note(polls);
        note((uint64_t)error);
        note(words_moved);
        note(operation == STORAGE_READ ? 0 : digest);
        note(memory_digest());
        notes_end();
    }
    return 0;
}
