/**
 * @file
 * The machine that the storage driver sees on the host: an ATA channel with two disks and a bus
 * master, and memory. Written from the standards, and in another way than the driver.
 *
 * A device that has a command is busy until machine_step(): so a test decides when it answers.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SECTOR 512u
#define DEVICES 2u

/** What is wrong with the machine, from now on. */
struct faults {
    uint64_t bad_sector[DEVICES]; /**< cannot be read or written; 0: none is bad */
    unsigned silent;              /**< that many commands get no answer */
    unsigned bus_master_fails;    /**< that many transfers by DMA end with its error bit */
    bool is_stuck; /**< a device that is given a command stays busy, also after a reset */
};

extern struct faults faults;

void machine_add_disk(unsigned device, uint64_t sectors, bool has_lba48, bool has_dma);
void machine_add_cd(unsigned device);
void machine_add_bus_master(void);

uint8_t *machine_sector(unsigned device, uint64_t number);
bool machine_step(void);
void machine_interrupt(void);
bool machine_take_interrupt(void);

uint32_t port_in(uint64_t port, uint64_t bytes);
void port_out(uint64_t port, uint64_t bytes, uint32_t value);

uint8_t *memory_at(uint64_t physical, size_t bytes);
_Noreturn void wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));
