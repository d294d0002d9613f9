/**
 * @file
 * The memory of user programs: one area of the address space that they all share.
 *
 * Its page tables are static and stand one behind the other, so page n of the area is entry n of an
 * array, and mapping a page cannot fail for lack of memory.
 */
#include "arch/user_memory.h"

#include "arch/paging.h"
#include "arch/x86_64/layout.h"
#include "arch/x86_64/page_entry.h"

#define AREA_PAGES ((USER_AREA_END - USER_AREA_START) / PAGE_SIZE)
#define AREA_TABLES (AREA_PAGES / TABLE_ENTRIES)
#define TABLE_FLAGS (PAGE_PRESENT | PAGE_WRITABLE | PAGE_USER)

_Static_assert(USER_AREA_START % LARGE_PAGE_SIZE == 0, "the area begins with a page table");
_Static_assert(AREA_PAGES % TABLE_ENTRIES == 0, "and ends with one");
_Static_assert(USER_AREA_END <= 1u << 30, "one page directory holds them all");

/* Written here, read by the CPU. */
static uint64_t pages[AREA_PAGES] __attribute__((aligned(PAGE_SIZE)));
static uint64_t directory[TABLE_ENTRIES] __attribute__((aligned(PAGE_SIZE)));
static uint64_t pointers[TABLE_ENTRIES] __attribute__((aligned(PAGE_SIZE)));

/**
 * An init step: hangs the area's page tables into the kernel's address space.
 */
void user_memory_init(void)
{
    uint64_t root;
    uint64_t *entries;

    for (size_t table = 0; table < AREA_TABLES; table++) {
        directory[table_index(USER_AREA_START, 2) + table] =
            image_physical(&pages[table * TABLE_ENTRIES]) | TABLE_FLAGS;
    }
    pointers[table_index(USER_AREA_START, 3)] = image_physical(directory) | TABLE_FLAGS;
    __asm__ volatile("movq %%cr3, %0" : "=r"(root));
    entries = paging_window(root & PAGE_ADDRESS);
    entries[table_index(USER_AREA_START, 4)] = image_physical(pointers) | TABLE_FLAGS;
}

/** The entry that maps an address; NULL outside the area. */
static uint64_t *entry_of(uintptr_t address)
{
    bool inside = address >= USER_AREA_START && address < USER_AREA_END;

    return inside ? &pages[(address - USER_AREA_START) / PAGE_SIZE] : NULL;
}

/**
 * Maps a page.
 *
 * @param address  of the page
 * @param frame    physical address of the frame
 * @param rights   see enum memory_rights
 * @return false when the address is outside the area, or mapped already
 */
bool user_memory_map(uintptr_t address, uint64_t frame, unsigned rights)
{
    uint64_t *entry = entry_of(address);

    if (entry == NULL || *entry != 0) {
        return false;
    }
    *entry = frame | PAGE_PRESENT | PAGE_USER | (rights & MEMORY_WRITE ? PAGE_WRITABLE : 0) |
             (rights & MEMORY_EXECUTE ? 0 : PAGE_NO_EXECUTE);
    return true;
}

/**
 * Takes a page away.
 *
 * @param address  of the page
 * @return the physical address of the frame that was there; 0 when none was
 */
uint64_t user_memory_unmap(uintptr_t address)
{
    uint64_t *entry = entry_of(address);
    uint64_t frame;

    if (entry == NULL) {
        return 0;
    }
    frame = *entry & PAGE_ADDRESS;
    *entry = 0;
    __asm__ volatile("invlpg (%0)" : : "r"(address) : "memory");
    return frame;
}

/**
 * Finds where the kernel sees a byte of user memory.
 *
 * @param address  any address
 * @param rights   that the page has to have, see enum memory_rights; 0: any
 * @return the byte in the window; NULL when no page with these rights is mapped there
 */
void *user_memory_find(uintptr_t address, unsigned rights)
{
    const uint64_t *entry = entry_of(address);

    if (entry == NULL || (*entry & PAGE_PRESENT) == 0 ||
        (rights & MEMORY_WRITE && (*entry & PAGE_WRITABLE) == 0) ||
        (rights & MEMORY_EXECUTE && (*entry & PAGE_NO_EXECUTE) != 0)) {
        return NULL;
    }
    return paging_window((*entry & PAGE_ADDRESS) + address % PAGE_SIZE);
}
