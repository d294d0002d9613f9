/**
 * @file
 * Stacks that are made at run time: a part of the address space behind the image, cut into slots.
 *
 * A slot is 8 pages. The upper STACK_AREA_FRAMES are the stack while the slot is in use; the lower
 * ones are never mapped and guard it. The page tables of the whole area are static, so that mapping
 * a stack cannot fail.
 */
#include "arch/stack_area.h"

#include "arch/paging.h"
#include "arch/x86_64/layout.h"
#include "arch/x86_64/page_entry.h"

#define SLOT_PAGES 8u
#define AREA_BASE (KERNEL_BASE + IMAGE_LIMIT)
#define AREA_PAGES (STACK_AREA_SLOTS * SLOT_PAGES)
#define AREA_TABLES (AREA_PAGES / TABLE_ENTRIES)

_Static_assert(AREA_PAGES % TABLE_ENTRIES == 0, "the area is made of whole page tables");
_Static_assert(STACK_AREA_FRAMES < SLOT_PAGES, "a page of each slot has to stay unmapped");

/* The area's page tables, one behind the other: entry n maps page n of the area. */
static uint64_t pages[AREA_PAGES] __attribute__((aligned(PAGE_SIZE)));

static uint64_t *table_of(uint64_t entry)
{
    return paging_window(entry & PAGE_ADDRESS);
}

/** The page directory that maps the kernel's image; the area stands behind the image. */
static uint64_t *image_directory(void)
{
    uint64_t root;

    __asm__ volatile("movq %%cr3, %0" : "=r"(root));
    return table_of(table_of(table_of(root)[table_index(AREA_BASE, 4)])[table_index(AREA_BASE, 3)]);
}

/**
 * Hangs the area's page tables into the kernel's address space. Needs paging_init.
 */
void stack_area_init(void)
{
    uint64_t *directory = image_directory();

    for (size_t table = 0; table < AREA_TABLES; table++) {
        directory[table_index(AREA_BASE, 2) + table] =
            image_physical(&pages[table * TABLE_ENTRIES]) | PAGE_PRESENT | PAGE_WRITABLE;
    }
}

static size_t first_page(size_t slot)
{
    return (slot + 1) * SLOT_PAGES - STACK_AREA_FRAMES;
}

static struct stack_span slot_span(size_t slot)
{
    uintptr_t start = AREA_BASE + first_page(slot) * PAGE_SIZE;

    return (struct stack_span){"thread", start, start + STACK_AREA_FRAMES * PAGE_SIZE};
}

/**
 * Makes a slot a stack.
 *
 * @param slot    0 to STACK_AREA_SLOTS - 1, not in use
 * @param frames  physical address of STACK_AREA_FRAMES frames in a row
 * @return the stack
 */
struct stack_span stack_area_map(size_t slot, uint64_t frames)
{
    for (size_t i = 0; i < STACK_AREA_FRAMES; i++) {
        pages[first_page(slot) + i] =
            (frames + i * PAGE_SIZE) | PAGE_PRESENT | PAGE_WRITABLE | PAGE_NO_EXECUTE;
    }
    return slot_span(slot);
}

/**
 * Ends a slot's use. Nobody may be running on the stack.
 *
 * @param slot  0 to STACK_AREA_SLOTS - 1
 */
void stack_area_unmap(size_t slot)
{
    uintptr_t start = slot_span(slot).start;

    for (size_t i = 0; i < STACK_AREA_FRAMES; i++) {
        pages[first_page(slot) + i] = 0;
        __asm__ volatile("invlpg (%0)" : : "r"(start + i * PAGE_SIZE) : "memory");
    }
}

/**
 * Finds the slot in use that an address lies in.
 *
 * @param address  any address
 * @param found    filled with the stack's bounds
 * @return whether there is one
 */
bool stack_area_find(uintptr_t address, struct stack_span *found)
{
    size_t page = (address - AREA_BASE) / PAGE_SIZE;

    if (address < AREA_BASE || page >= AREA_PAGES || pages[page] == 0) {
        return false;
    }
    *found = slot_span(page / SLOT_PAGES);
    return true;
}
