/**
 * @file
 * The channel's bus master, and where it stands in PCI's configuration space (Programming Interface
 * for Bus Master IDE Controller 1.0; PCI 3.0 3.2.2.3.2).
 */
#include <string.h>

#include "ata_device.h"
#include "machine.h"

static bool has_master, is_placed;
static uint8_t master_command, master_status;
static uint32_t master_list, pci_address, pci_bar = 0xC001, pci_command = 1;

void machine_add_bus_master(void)
{
    has_master = true;
}

/** Moves the data of a command between a disk and memory, as the list says. */
static bool move_by_dma(struct device *device)
{
    uint64_t piece = master_list;
    bool is_last = false;
    bool to_memory = master_command & 8;

    if (to_memory == is_write(device->command)) {
        wrong("the bus master was told the other direction");
    }
    while (!is_last && device->left > 0) {
        const uint8_t *entry = memory_at(piece, 8);
        uint32_t address = entry[0] | entry[1] << 8 | entry[2] << 16 | (uint32_t)entry[3] << 24;
        uint32_t bytes = entry[4] | entry[5] << 8;

        bytes = bytes == 0 ? 65536 : bytes;
        is_last = entry[7] & 0x80;
        if ((address & 1) != 0 || (address & 0xFFFF) + bytes > 65536 || bytes % SECTOR != 0) {
            wrong("a piece of %u bytes at %x", bytes, address);
        }
        for (; bytes > 0 && device->left > 0; bytes -= SECTOR, address += SECTOR) {
            uint8_t *memory = memory_at(address, SECTOR);
            uint8_t *sector = device->data + device->sector * SECTOR;

            if (is_bad(device)) {
                return false;
            }
            memcpy(to_memory ? memory : sector, to_memory ? sector : memory, SECTOR);
            device->sector++;
            device->left--;
        }
        if (bytes > 0) {
            wrong("the list is longer than the command");
        }
        piece += 8;
    }
    if (device->left > 0 || !is_last) {
        wrong("the list is shorter than the command, or has no end");
    }
    return true;
}

/** A command by DMA goes on. */
void master_step(struct device *device)
{
    if ((master_command & 1) == 0) {
        return; /* the disk waits for the bus master */
    }
    if (faults.bus_master_fails > 0) {
        faults.bus_master_fails--;
        end_command(device, 0, 0);
        master_status = (uint8_t)((master_status & ~1) | 2);
    } else if (move_by_dma(device)) {
        end_command(device, 0, 0);
        master_status &= (uint8_t)~1;
    }
    machine_interrupt();
}

/** PCI's configuration space: an IDE controller as function 1 of device 1, nothing else. */
static uint32_t *pci_register(void)
{
    static uint32_t none = 0xFFFFFFFF, id = 0x70108086, class = 0x01018000;
    static uint32_t other;

    if ((pci_address & 0xFFFFFF00) != (0x80000000 | 1 << 11 | 1 << 8) || !has_master) {
        none = 0xFFFFFFFF;
        return &none;
    }
    switch (pci_address & 0xFC) {
    case 0x00:
        return &id;
    case 0x04:
        return &pci_command;
    case 0x08:
        return &class;
    case 0x20:
        return &pci_bar;
    default:
        return &other;
    }
}

static void write_register(uint64_t port, uint32_t value)
{
    if (!is_placed) {
        wrong("the bus master is not there");
    }
    if (port == 0xF000) {
        if ((value & 1) != 0 && (value & 8) != (master_command & 8)) {
            wrong("the direction was not set before the start");
        }
        master_status |= (value & 1) != 0 && (master_command & 1) == 0;
        master_status &= value & 1 ? 0xFF : 0xFE;
        master_command = (uint8_t)value;
    } else if (port == 0xF002) {
        master_status &= (uint8_t) ~(value & 6);
    } else if (port == 0xF004) {
        master_list = value;
    } else {
        wrong("port %lx was written", (unsigned long)port);
    }
}

uint32_t master_in(uint64_t port)
{
    if (port == 0xCFC) {
        return *pci_register();
    }
    if (port == 0xF002 && is_placed) {
        return master_status;
    }
    wrong("port %lx was read", (unsigned long)port);
}

void master_out(uint64_t port, uint32_t value)
{
    if (port == 0xCF8) {
        pci_address = value;
    } else if (port == 0xCFC) {
        *pci_register() = value;
        is_placed = pci_bar == 0xF001 && (pci_command & 5) == 5;
    } else {
        write_register(port, value);
    }
}

/** The disk has interrupted. */
void master_note_interrupt(void)
{
    master_status |= 4;
}
