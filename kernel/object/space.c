/**
 * @file
 * Address spaces as objects.
 *
 * An address space has all the pages for its tables from the beginning, behind a page about itself.
 * It ends at once, however much is mapped in it: what a frame's capability remembers about its
 * mapping is a serial number, and an address space of that number is gone then.
 */
#include "object/space.h"
#include "arch/page_table.h"
#include "arch/paging.h"
#include "debug/panic.h"
#include "lib/bitmap.h"
#include "lib/string.h"
#include "mm/frames.h"
#include "object/object.h"

/* The lower bits of a serial number are the number of the space's first frame: 64 GB. */
#define SERIAL_FRAME_BITS 24u

/* A bit for each frame: it is the first page of an address space. Nobody can forge that. */
static uint64_t *spaces;
static uint64_t spaces_made;

/* That tables are made for: page_table_take(). */
static struct space *current;

/**
 * An init step, after frames_init: there is no address space yet but the kernel's.
 */
void space_init(void)
{
    size_t bytes = bitmap_words(frames.limit) * sizeof(*spaces);
    uint64_t address;
    enum error error = frame_take_run((bytes + FRAME_SIZE - 1) / FRAME_SIZE, 1, &address);

    if (error != ERROR_NONE) {
        panic("space_init: %zu bytes: %s", bytes, error_name(error));
    }
    spaces = paging_window(address);
    memset(spaces, 0, bytes);
}

static uint64_t frame_of(const struct space *space)
{
    return ((uintptr_t)space - (uintptr_t)paging_window(0)) / FRAME_SIZE;
}

/** @return physical address of the topmost table */
uint64_t space_root(const struct space *space)
{
    return (frame_of(space) + 1) * FRAME_SIZE;
}

/** Says which address space the next tables are for. */
void space_use(struct space *space)
{
    current = space;
}

/** A zeroed page for a table: its physical address; 0 when the address space has none left. */
uint64_t page_table_take(void)
{
    return current->used == current->tables ? 0
                                            : space_root(current) + current->used++ * FRAME_SIZE;
}

/**
 * Makes an address space.
 *
 * @param space   its pages, all 0
 * @param tables  pages for tables
 */
void space_make(struct space *space, uint64_t tables)
{
    space->serial = ++spaces_made << SERIAL_FRAME_BITS | frame_of(space);
    space->tables = tables;
    space_use(space);
    page_create();
    bitmap_set(spaces, frame_of(space));
}

/** Ends an address space: no thread has it any more. */
void space_end(struct space *space)
{
    if (page_loaded() == space_root(space)) {
        page_load(page_kernel_root());
    }
    bitmap_clear(spaces, frame_of(space));
}

/** @return the address space of a serial number; NULL when it is gone, or the number is 0 */
struct space *space_find(uint64_t serial)
{
    uint64_t frame = serial & (((uint64_t)1 << SERIAL_FRAME_BITS) - 1);
    struct space *space = paging_window(frame * FRAME_SIZE);

    return serial != 0 && bitmap_test(spaces, frame) && space->serial == serial ? space : NULL;
}
