/**
 * @file
 * The ATA channel and its disks (ATA/ATAPI-6). What the standard forbids the driver ends the test.
 */
#include "machine.h"

#include <string.h>
#include <sys/mman.h>

#include "ata_device.h"
#include "kernel.h"

#define RESET_TIME 15u /* milliseconds */

enum { UNC = 64, ABRT = 4, IDNF = 16 };

struct device devices[DEVICES];
static unsigned selected = 1; /* the firmware has looked for it last */
static uint8_t control;
static uint64_t ready_at; /* the end of a reset, in milliseconds; 0: none is under way */
static bool line;         /* the interrupt line, and ... */
static bool latched;      /* ... an edge of it that nobody has seen */

struct faults faults;

/** @return a disk's data, all 0, which take memory only where they are touched */
static uint8_t *empty_data(uint64_t sectors)
{
    void *data = mmap(NULL, sectors * SECTOR, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (data == MAP_FAILED) {
        wrong("no memory for a disk");
    }
    return data;
}

void machine_add_disk(unsigned device, uint64_t sectors, bool has_lba48, bool has_dma)
{
    devices[device] = (struct device){.kind = DISK,
                                      .sectors = sectors,
                                      .has_lba48 = has_lba48,
                                      .has_dma = has_dma,
                                      .status = DRDY | DSC,
                                      .data = empty_data(sectors)};
}

void machine_add_cd(unsigned device)
{
    devices[device] = (struct device){.kind = CD, .status = 0};
}

uint8_t *machine_sector(unsigned device, uint64_t number)
{
    return devices[device].data + number * SECTOR;
}

/** An interrupt, by a device or for no reason at all. */
void machine_interrupt(void)
{
    if (control & 2) {
        return;
    }
    latched |= !line;
    line = true;
    master_note_interrupt();
}

/** @return whether there was an edge since the last time */
bool machine_take_interrupt(void)
{
    bool was = latched;

    latched = false;
    return was;
}

static bool is_ext(uint8_t command)
{
    return command == 0x24 || command == 0x25 || command == 0x34 || command == 0x35 ||
           command == 0xEA;
}

static bool is_dma(uint8_t command)
{
    return command == 0x25 || command == 0x35 || command == 0xC8 || command == 0xCA;
}

bool is_write(uint8_t command)
{
    return command == 0x30 || command == 0x34 || command == 0xCA || command == 0x35;
}

static bool is_flush(uint8_t command)
{
    return command == 0xE7 || command == 0xEA;
}

/** Takes over where and how much. */
static void take_place(struct device *device)
{
    uint8_t(*r)[2] = device->registers;

    if (is_ext(device->command)) {
        device->left = r[2][1] << 8 | r[2][0];
        device->left = device->left == 0 ? 65536 : device->left;
        device->sector = (uint64_t)r[5][1] << 40 | (uint64_t)r[4][1] << 32 |
                         (uint64_t)r[3][1] << 24 | r[5][0] << 16 | r[4][0] << 8 | r[3][0];
    } else {
        device->left = r[2][0] == 0 ? 256 : r[2][0];
        device->sector = (uint64_t)(r[6][0] & 15) << 24 | r[5][0] << 16 | r[4][0] << 8 | r[3][0];
    }
}

void end_command(struct device *device, uint8_t status, uint8_t error)
{
    device->status = DRDY | DSC | status;
    device->error = error;
    device->command = 0;
}

/** Writes two bytes of what a disk says of itself. */
static void describe_word(struct device *device, unsigned word, unsigned value)
{
    device->buffer[2 * word] = (uint8_t)value;
    device->buffer[2 * word + 1] = (uint8_t)(value >> 8);
}

static void describe(struct device *device)
{
    uint64_t few = device->sectors < 0x0FFFFFFF ? device->sectors : 0x0FFFFFFF;

    memset(device->buffer, 0, SECTOR);
    for (unsigned i = 0; i < 20; i++) {
        describe_word(device, 27 + i, 'M' << 8 | ('a' + i));
    }
    describe_word(device, 49, 0x200u | (device->has_dma ? 0x100u : 0));
    describe_word(device, 60, few & 0xFFFF);
    describe_word(device, 61, few >> 16 & 0xFFFF);
    describe_word(device, 83, device->has_lba48 ? 0x400 : 0);
    for (unsigned i = 0; i < 4; i++) {
        describe_word(device, 100 + i, device->has_lba48 ? device->sectors >> 16 * i & 0xFFFF : 0);
    }
    device->left = 1;
    device->at = 0;
    device->status = DRDY | DSC | DRQ;
}

/** @return whether the next sector cannot be moved; then the command has ended */
bool is_bad(struct device *device)
{
    unsigned number = (unsigned)(device - devices);

    if (device->sector >= device->sectors) {
        end_command(device, ERR, IDNF);
        return true;
    }
    if (faults.bad_sector[number] != 0 && device->sector == faults.bad_sector[number]) {
        end_command(device, ERR, UNC);
        return true;
    }
    return false;
}

static void begin(struct device *device, uint8_t command)
{
    if (device->kind == NOTHING) {
        return;
    }
    if (device->status & (BSY | DRQ)) {
        wrong("command %02x to a device with status %02x", command, device->status);
    }
    line = false;
    device->command = command;
    device->error = 0;
    device->status = BSY;
    device->looks = 0;
    if (device->kind == CD && command == 0xEC) {
        device->registers[4][0] = 0x14; /* the signature of packet devices [9.12] */
        device->registers[5][0] = 0xEB;
        end_command(device, ERR, ABRT);
    } else if (command == 0xEC || is_flush(command)) {
        return;
    } else if (command != 0x20 && command != 0x30 && !is_ext(command) && !is_dma(command)) {
        wrong("unknown command %02x", command);
    } else {
        take_place(device);
        if (!faults.is_stuck && (command == 0x30 || command == 0x34)) {
            device->at = 0;
            device->status = DRDY | DSC | DRQ;
        }
    }
}

/** A write to SRST: both devices forget what they do, and take their time. */
static void reset(void)
{
    ready_at = kernel_time() + RESET_TIME;
    for (unsigned i = 0; i < DEVICES; i++) {
        if (devices[i].kind == DISK) {
            end_command(&devices[i], 0, 1);
            devices[i].status |= faults.is_stuck ? BSY : 0;
        }
    }
    line = false;
}

/** @return whether the devices are being reset. Which one is selected they forget at the end */
static bool is_in_reset(void)
{
    if (ready_at != 0 && kernel_time() >= ready_at) {
        ready_at = 0;
        selected = 0;
    }
    return ready_at != 0;
}

static void step_pio(struct device *device)
{
    if (is_write(device->command)) {
        if (is_bad(device)) {
            machine_interrupt();
            return;
        }
        memcpy(device->data + device->sector++ * SECTOR, device->buffer, SECTOR);
        device->left--;
        device->status = device->left > 0 ? DRDY | DSC | DRQ : 0;
    } else if (!is_bad(device)) {
        memcpy(device->buffer, device->data + device->sector++ * SECTOR, SECTOR);
        device->status = DRDY | DSC | DRQ;
    }
    device->at = 0;
    if (device->command != 0 && device->status == 0) {
        end_command(device, 0, 0);
    }
    machine_interrupt();
}

/** A busy device goes on. @return whether there is one that could */
bool machine_step(void)
{
    struct device *device = &devices[selected];

    if (device->command == 0 || (device->status & BSY) == 0 || faults.is_stuck) {
        return false;
    }
    if (faults.silent > 0) {
        faults.silent--;
        device->command = 0xFF; /* and stays busy until it is reset */
    }
    if (device->command == 0xFF) {
        return false;
    }
    if (is_flush(device->command)) {
        end_command(device, 0, 0);
        machine_interrupt();
    } else if (is_dma(device->command)) {
        master_step(device);
    } else {
        step_pio(device);
    }
    return true;
}

/* The registers. */

static uint8_t read_status(bool ends_interrupt)
{
    bool is_reset = is_in_reset();
    struct device *device = &devices[selected];

    line = line && !ends_interrupt;
    if (device->kind == NOTHING) {
        return 0;
    }
    if (is_reset) {
        return BSY;
    }
    if (device->command == 0xEC && device->status & BSY && device->looks++ == 3) {
        describe(device);
    }
    return device->status;
}

static void write_register(unsigned which, uint8_t value)
{
    if (is_in_reset()) {
        wrong("register %u was written during a reset", which);
    }
    if (which == 7) {
        begin(&devices[selected], value);
        return;
    }
    if (which == 6) {
        selected = value >> 4 & 1;
    }
    for (unsigned i = 0; i < DEVICES; i++) { /* both devices see them [7.1] */
        if (devices[i].status & (BSY | DRQ)) {
            wrong("register %u was written while a device was busy", which);
        }
        devices[i].registers[which][1] = devices[i].registers[which][0];
        devices[i].registers[which][0] = value;
    }
}

/** The last word of a sector has been moved. */
static void end_sector(struct device *device)
{
    bool is_over = !is_write(device->command) && --device->left == 0;

    if (is_over) {
        end_command(device, 0, 0);
    } else {
        device->status = BSY;
    }
}

static uint8_t *next_word(void)
{
    struct device *device = &devices[selected];

    if ((device->status & DRQ) == 0) {
        wrong("data were moved while the device had status %02x", device->status);
    }
    device->at += 2;
    return device->buffer + device->at - 2;
}

static uint16_t read_data(void)
{
    struct device *device = &devices[selected];
    uint8_t *word = next_word();
    uint16_t value = (uint16_t)(word[0] | word[1] << 8);

    if (device->at == SECTOR) {
        end_sector(device);
    }
    return value;
}

static void write_data(uint16_t value)
{
    struct device *device = &devices[selected];
    uint8_t *word = next_word();

    word[0] = (uint8_t)value;
    word[1] = (uint8_t)(value >> 8);
    if (device->at == SECTOR) {
        end_sector(device);
    }
}

uint32_t port_in(uint64_t port, uint64_t bytes)
{
    if (port == 0x1F0) {
        return bytes == 2 ? read_data() : 0;
    }
    if (port == 0x1F1) {
        return devices[selected].error;
    }
    if (port == 0x1F7 || port == 0x3F6) {
        return read_status(port == 0x1F7);
    }
    return master_in(port);
}

void port_out(uint64_t port, uint64_t bytes, uint32_t value)
{
    if (port == 0x1F0 && bytes == 2) {
        write_data((uint16_t)value);
    } else if (port > 0x1F0 && port <= 0x1F7) {
        write_register((unsigned)(port - 0x1F0), (uint8_t)value);
    } else if (port == 0x3F6) {
        if (control & 4 && (value & 4) == 0) {
            reset();
        }
        control = (uint8_t)value;
    } else {
        master_out(port, value);
    }
}
