/**
 * @file
 * Address spaces as objects.
 *
 * An address space has all the pages for its tables from the beginning, behind a page about itself.
 * It ends at once, however much is mapped in it: what a frame's capability remembers about its
 * mapping is a serial number, and an address space of that number is gone then.
 */
#include "arch/page_table.h"
#include "arch/paging.h"
#include "lib/bitmap.h"
#include "object/object.h"

/* The lower bits of a serial number are the number of the space's first frame: 64 GB. */
#define SERIAL_FRAME_BITS 24u

/* A bit for each frame of the machine: it is the first page of an address space. Nobody can forge
 * that. */
static uint64_t spaces[PAGING_WINDOW_LIMIT / PAGE_SIZE / BITMAP_WORD_BITS];
static uint64_t spaces_made;

/* That tables are made for: page_table_take(). */
static struct space *current;

static uint64_t frame_of(const struct space *space)
{
    return ((uintptr_t)space - (uintptr_t)paging_window(0)) / PAGE_SIZE;
}

/** @return physical address of the topmost table */
uint64_t space_root(const struct space *space)
{
    return (frame_of(space) + 1) * PAGE_SIZE;
}

/** Says which address space the next tables are for. */
void space_use(struct space *space)
{
    current = space;
}

/** A zeroed page for a table: its physical address; 0 when the address space has none left. */
uint64_t page_table_take(void)
{
    return current->used == current->tables ? 0 : space_root(current) + current->used++ * PAGE_SIZE;
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
    struct space *space = paging_window(frame * PAGE_SIZE);

    return serial != 0 && bitmap_test(spaces, frame) && space->serial == serial ? space : NULL;
}
