/**
 * @file
 * Where the memory for the tables of address spaces comes from and goes to: what arch/page_table.h
 * asks for. Tables are frames like those of pages.
 */
#include "arch/page_destroy.h"
#include "arch/page_table.h"
#include "arch/paging.h"
#include "lib/string.h"
#include "mm/frame_uses.h"

/** A zeroed frame for a table or a page: its physical address; 0 when there is none. */
uint64_t page_table_take(void)
{
    uint64_t frame = frame_uses_take();

    if (frame == 0) {
        return 0;
    }
    memset(paging_window(frame), 0, PAGE_SIZE);
    return frame;
}

/** Takes a table back. */
void page_table_give(uint64_t table)
{
    frame_uses_drop(table);
}

/** Ends a page's use of its frame. */
void page_frame_drop(uint64_t frame)
{
    frame_uses_drop(frame);
}
