/**
 * @file
 * What the disks and the bus master know of each other.
 */
#pragma once

#include "machine.h"

/** Status. */
enum { ERR = 1, DRQ = 8, DSC = 16, DF = 32, DRDY = 64, BSY = 128 };

/** A device. The five registers remember two bytes each: [1] is what was there before. */
struct device {
    enum { NOTHING, DISK, CD } kind;
    uint64_t sectors;
    bool has_lba48, has_dma;
    uint8_t *data;
    uint8_t status, error;
    uint8_t registers[8][2];
    uint8_t command; /* under way; 0: none */
    uint64_t sector; /* that is moved next */
    unsigned left;
    uint8_t buffer[SECTOR]; /* of PIO */
    unsigned at;            /* bytes of it that have been moved */
    unsigned looks;         /* at the status, while it identifies itself */
};

extern struct device devices[DEVICES];

bool is_write(uint8_t command);
bool is_bad(struct device *device);
void end_command(struct device *device, uint8_t status, uint8_t error);

void master_step(struct device *device);
void master_note_interrupt(void);
uint32_t master_in(uint64_t port);
void master_out(uint64_t port, uint32_t value);
