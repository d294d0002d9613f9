/**
 * @file
 * The window: the pages of a client's memory that a PIO command is about.
 *
 * A client may end at any moment, and its memory is gone from the window then. So the window lies
 * where the driver's heap is: a page that is missing there is made when it is used, empty, and the
 * transfer goes on into nothing. A page that was made so stays, and nothing else can be mapped
 * there; so there are some windows. That takes a client that ends while a sector is copied; more
 * often the driver finds the memory gone when it opens the window.
 */
#include "storage/pio_window.h"

#include <stddef.h>

#include "init/proto.h"
#include "memory.h"

#include "storage/slots.h"

#define WINDOW_PAGES 17u /* 64 KB that begin within a page */
#define WINDOWS 4u       /* storage.needs has as much heap */

static uint64_t window_address(unsigned window)
{
    return INIT_HEAP_START + window * WINDOW_PAGES * PAGE_SIZE;
}

/**
 * Maps a part of a client's memory.
 *
 * @param client  whose
 * @param offset  of the part's first byte, in the client's memory
 * @param bytes   at most 64 KB
 * @return where it is now; NULL when the memory is gone
 */
uint16_t *window_open(const struct client *client, uint64_t offset, uint64_t bytes)
{
    uint64_t first = offset / PAGE_SIZE;
    uint64_t pages = (offset + bytes - 1) / PAGE_SIZE - first + 1;

    window_close();
    if (slot_copy(WINDOW_FRAME, client_memory(client), RIGHTS_ALL, FRAME_PART(first, pages)) !=
        ERROR_NONE) {
        return NULL;
    }
    for (unsigned window = 0; window < WINDOWS; window++) {
        uint64_t address = window_address(window);

        if (frame_map(WINDOW_FRAME, OWN_SPACE, address, MEMORY_READ | MEMORY_WRITE) == ERROR_NONE) {
            return (uint16_t *)(address + offset % PAGE_SIZE);
        }
    }
    return NULL;
}

/** Gives back what is mapped. */
void window_close(void)
{
    slot_delete(WINDOW_FRAME);
}
