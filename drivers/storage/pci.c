/**
 * @file
 * Finds the IDE controller on PCI bus 0, and puts its bus master where the driver's ports are.
 *
 * Access is by mechanism #1 (PCI Local Bus Specification 3.0, 3.2.2.3.2): an address goes to one
 * port, data through another. Nobody else is to do that at the same time: drivers of PCI devices
 * do it once, when they start, and starting is one after another.
 */
#include "storage/pci.h"

#include "device.h"

#include "storage/dma.h"
#include "storage/slots.h"

#define ADDRESS_PORT 0xCF8u
#define DATA_PORT 0xCFCu
#define ADDRESS_ENABLE 0x80000000u

#define DEVICES 32u
#define FUNCTIONS 8u

/** Registers of 32 bits by their offsets (PCI 3.0 6.1). */
enum pci_register { PCI_ID = 0x00, PCI_COMMAND = 0x04, PCI_CLASS = 0x08, PCI_BAR4 = 0x20 };

#define NO_DEVICE 0xFFFFFFFFu
#define COMMAND_PORTS_ON 0x01u  /* answers to I/O ports */
#define COMMAND_MASTER_ON 0x04u /* may read and write memory itself */
#define COMMAND_MASK 0xFFFFu    /* the status is in the upper half: a 1 that is written clears */

/* Class 01, subclass 01: IDE; then bits that say how (PCI IDE Controller Specification 1.0). */
#define CLASS_IDE 0x0101u
#define IDE_BUS_MASTER 0x80u
#define IDE_NATIVE_FIRST 0x01u /* the first channel is not at the PC's ports */

#define BAR_IS_PORTS 0x01u

/** A function of a device on bus 0. */
struct function {
    unsigned device, number;
};

static void choose(struct function function, enum pci_register which)
{
    port_write(PCI_PORTS, ADDRESS_PORT, 4,
               ADDRESS_ENABLE | function.device << 11 | function.number << 8 | which);
}

static uint32_t read(struct function function, enum pci_register which)
{
    choose(function, which);
    return (uint32_t)port_read(PCI_PORTS, DATA_PORT, 4).value;
}

static void write(struct function function, enum pci_register which, uint32_t value)
{
    choose(function, which);
    port_write(PCI_PORTS, DATA_PORT, 4, value);
}

/** @return whether a function is an IDE controller with a bus master for the PC's first channel */
static bool is_wanted(struct function function)
{
    uint32_t kind;

    if (read(function, PCI_ID) == NO_DEVICE) {
        return false;
    }
    kind = read(function, PCI_CLASS) >> 8;
    return kind >> 8 == CLASS_IDE && kind & IDE_BUS_MASTER && (kind & IDE_NATIVE_FIRST) == 0;
}

/** Moves a function's bus master to its place. @return whether it is there now */
static bool place(struct function function)
{
    uint32_t command = read(function, PCI_COMMAND) & COMMAND_MASK;

    write(function, PCI_COMMAND, command & ~COMMAND_PORTS_ON); /* nowhere while it moves */
    write(function, PCI_BAR4, DMA_FIRST_PORT | BAR_IS_PORTS);
    write(function, PCI_COMMAND, command | COMMAND_PORTS_ON | COMMAND_MASTER_ON);
    return read(function, PCI_BAR4) == (DMA_FIRST_PORT | BAR_IS_PORTS);
}

/**
 * Looks for the bus master of the first channel, and sets it up at DMA_FIRST_PORT.
 *
 * @return whether there is one
 */
bool pci_find_bus_master(void)
{
    for (unsigned device = 0; device < DEVICES; device++) {
        for (unsigned number = 0; number < FUNCTIONS; number++) {
            struct function function = {device, number};

            if (is_wanted(function)) {
                return place(function);
            }
        }
    }
    return false;
}
