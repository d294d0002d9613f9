/**
 * @file
 * The channel's registers through I/O ports.
 *
 * The kernel checks at each call that the port is one of the driver's own; main() has made sure of
 * that, so these have no error to give.
 */
#include "storage/ata.h"

#include "storage/slots.h"

#include "device.h"

static slot ports_of(enum ata_register which)
{
    return which == ATA_CONTROL_PORT ? CONTROL_PORTS : COMMAND_PORTS;
}

/** Reads a register of eight bits. */
uint8_t ata_read(enum ata_register which)
{
    return (uint8_t)port_read(ports_of(which), which, sizeof(uint8_t)).value;
}

/** Writes a register of eight bits. */
void ata_write(enum ata_register which, uint8_t byte)
{
    port_write(ports_of(which), which, sizeof(byte), byte);
}

/** Reads the next word of what a device hands over. Its first byte is the lower one. */
uint16_t ata_read_data(void)
{
    return (uint16_t)port_read(COMMAND_PORTS, ATA_DATA, sizeof(uint16_t)).value;
}

/** Hands the next word to a device. */
void ata_write_data(uint16_t word)
{
    port_write(COMMAND_PORTS, ATA_DATA, sizeof(word), word);
}
