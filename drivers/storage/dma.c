/**
 * @file
 * The bus master of the first channel.
 *
 * It works off a list of pieces of memory, which stands in a page of the driver's own. Life of a
 * transfer: dma_clear(); dma_add() each piece; dma_prepare(); then the disk gets its command;
 * dma_start(); at the interrupt dma_finish(), or dma_stop() if none comes.
 */
#include "storage/dma.h"

#include "device.h"
#include "memory.h"

#include "storage/pci.h"
#include "storage/slots.h"

/** Registers of the first channel, in order (Bus Master Programming Interface 2.0). */
enum dma_register {
    DMA_COMMAND = DMA_FIRST_PORT,
    DMA_STATUS = DMA_FIRST_PORT + 2,
    DMA_LIST = DMA_FIRST_PORT + 4 /**< 32 bits: the list's physical address */
};

#define COMMAND_START 0x01u
#define COMMAND_TO_MEMORY 0x08u

#define STATUS_ACTIVE 0x01u
#define STATUS_ERROR 0x02u     /* stays until a 1 is written to it */
#define STATUS_INTERRUPT 0x04u /* likewise: the disk has interrupted, and all data has arrived */
#define STATUS_KEEP 0x60u      /* which devices can, for those who want to know */

/** A piece: physical address; bytes, of which 0 means 64 KB. Neither crosses a 64 KB boundary. */
struct piece {
    uint32_t address;
    uint16_t bytes;
    uint16_t flags;
};

_Static_assert(sizeof(struct piece) == 8, "Bus Master Programming Interface 1.2");

#define LAST_PIECE 0x8000u
#define BOUNDARY 0x10000u
#define ADDRESS_LIMIT (1ull << 32)
#define PIECES (PAGE_SIZE / sizeof(struct piece))

static struct piece *const list = (struct piece *)ORDERS_ADDRESS;
static uint32_t list_address;
static unsigned count;

static uint8_t read_status(void)
{
    return (uint8_t)port_read(BUS_MASTER_PORTS, DMA_STATUS, 1).value;
}

/** Clears what the last transfer has left in the status. */
static void clear_status(void)
{
    port_write(BUS_MASTER_PORTS, DMA_STATUS, 1,
               (read_status() & STATUS_KEEP) | STATUS_ERROR | STATUS_INTERRUPT);
}

static void write_command(unsigned command)
{
    port_write(BUS_MASTER_PORTS, DMA_COMMAND, 1, command);
}

/** Makes the page for the list. @return whether the bus master can reach it */
static bool make_list(void)
{
    struct call_result address;

    if (object_create(OBJECT_FRAME, 1, ORDERS_FRAME) != ERROR_NONE ||
        frame_map(ORDERS_FRAME, OWN_SPACE, ORDERS_ADDRESS, MEMORY_READ | MEMORY_WRITE) !=
            ERROR_NONE) {
        return false;
    }
    address = slot_read(ORDERS_FRAME, SLOT_READ_ADDRESS);
    list_address = (uint32_t)address.value;
    return address.error == ERROR_NONE && address.value < ADDRESS_LIMIT;
}

/**
 * Finds the bus master and gets it ready. What it was doing for somebody else ends.
 *
 * @return whether there is one that can be used
 */
bool dma_init(void)
{
    if (!pci_find_bus_master() || !make_list()) {
        return false;
    }
    dma_stop();
    return true;
}

/** Begins a new list. */
void dma_clear(void)
{
    count = 0;
}

/**
 * Adds memory to the list, cut at 64 KB boundaries.
 *
 * @param address  physical, even
 * @param bytes    an even number
 * @return false when the list is full, or the bus master cannot reach the memory
 */
bool dma_add(uint64_t address, uint32_t bytes)
{
    while (bytes > 0) {
        uint32_t room = BOUNDARY - (uint32_t)(address % BOUNDARY);
        uint32_t size = bytes < room ? bytes : room;

        if (count == PIECES || address >= ADDRESS_LIMIT) {
            return false;
        }
        list[count++] = (struct piece){(uint32_t)address, (uint16_t)size, 0};
        address += size;
        bytes -= size;
    }
    return true;
}

/** Gets the bus master ready for the list, which has a piece at least. */
void dma_prepare(enum storage_operation operation)
{
    list[count - 1].flags = LAST_PIECE;
    port_write(BUS_MASTER_PORTS, DMA_LIST, 4, list_address);
    write_command(operation == STORAGE_READ ? COMMAND_TO_MEMORY : 0);
    clear_status();
}

/** Starts the transfer; the disk has its command. */
void dma_start(enum storage_operation operation)
{
    write_command((operation == STORAGE_READ ? COMMAND_TO_MEMORY : 0) | COMMAND_START);
}

/** Takes an interrupt of the disk: if it was the transfer's, that is over. */
enum dma_state dma_finish(void)
{
    uint8_t status = read_status();

    if ((status & STATUS_INTERRUPT) == 0) {
        return DMA_UNDER_WAY;
    }
    dma_stop();
    return status & (STATUS_ERROR | STATUS_ACTIVE) ? DMA_FAILED : DMA_DONE;
}

/** Stops the bus master, whatever it does. */
void dma_stop(void)
{
    write_command(0);
    clear_status();
}
