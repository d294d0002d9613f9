/**
 * @file
 * Page tables of address spaces (Intel SDM Vol. 3A 4.5).
 *
 * Four levels of tables, each of 512 entries: an entry of level 4, in the root, leads to a table of
 * level 3, and so on; an entry of level 1 maps a page. Tables are made when they are needed, and go
 * with the address space. The CPU remembers entries in its TLB: whoever takes a page away or takes
 * rights from it has to make the CPU forget, unless the space is not the one that is loaded
 * (loading a root forgets all entries but the kernel's, which are global: 4.10.4.1).
 */
#include "arch/page_table.h"

#include "arch/user_memory.h"
#include "arch/x86_64/page_entry.h"

#define TABLE_FLAGS (PAGE_PRESENT | PAGE_WRITABLE | PAGE_USER)
#define CR4_PGE ((uint64_t)1 << 7) /* global pages stay in the TLB */

static uint64_t kernel_root;

/**
 * An init step, after paging_init: remembers the kernel's own root and makes its pages global.
 */
void page_init(void)
{
    uint64_t cr4;

    kernel_root = page_loaded();
    __asm__ volatile("movq %%cr4, %0" : "=r"(cr4));
    __asm__ volatile("movq %0, %%cr4" : : "r"(cr4 | CR4_PGE) : "memory");
}

/** @return the root of the address space that has no user memory */
uint64_t page_kernel_root(void)
{
    return kernel_root;
}

/** @return the root that the CPU uses now */
uint64_t page_loaded(void)
{
    uint64_t root;

    __asm__ volatile("movq %%cr3, %0" : "=r"(root));
    return root & PAGE_ADDRESS;
}

/** Makes an address space the one that the CPU uses. */
void page_load(uint64_t root)
{
    if (root != page_loaded()) {
        __asm__ volatile("movq %0, %%cr3" : : "r"(root) : "memory");
    }
}

/** Sets CR2 (cpu_fault_address()), for a fault that is put into words late. */
void page_set_fault_address(uint64_t address)
{
    __asm__ volatile("movq %0, %%cr2" : : "r"(address));
}

static uint64_t page_flags(unsigned rights)
{
    return PAGE_PRESENT | PAGE_USER | (rights & MEMORY_WRITE ? PAGE_WRITABLE : 0) |
           (rights & MEMORY_EXECUTE ? 0 : PAGE_NO_EXECUTE);
}

static unsigned page_rights(uint64_t entry)
{
    return MEMORY_READ | (entry & PAGE_WRITABLE ? MEMORY_WRITE : 0) |
           (entry & PAGE_NO_EXECUTE ? 0 : MEMORY_EXECUTE);
}

/** The entry that maps a page; NULL when a table on the way is missing, or the page. */
static uint64_t *find_entry(uint64_t root, uintptr_t address)
{
    uint64_t *entry = &table_at(root)[table_index(address, LEVELS)];

    for (unsigned level = LEVELS - 1; level > 0 && *entry != 0; level--) {
        entry = &table_at(*entry)[table_index(address, level)];
    }
    return *entry == 0 ? NULL : entry;
}

/** Makes the CPU forget what it knows of a page. */
static void forget(uint64_t root, uintptr_t address)
{
    if (root == page_loaded()) {
        __asm__ volatile("invlpg (%0)" : : "r"(address) : "memory");
    }
}

/**
 * Makes an address space without user memory: a new root, whose upper half is that of the kernel's
 * root.
 *
 * @return its root; 0 when there is no memory for it (page_table_take())
 */
uint64_t page_create(void)
{
    uint64_t root = page_table_take();

    if (root == 0) {
        return 0;
    }
    for (size_t i = USER_ENTRIES; i < TABLE_ENTRIES; i++) {
        table_at(root)[i] = table_at(kernel_root)[i];
    }
    return root;
}

/**
 * Maps a page. Walks from the root to the table of level 1; a table that is missing on the way is
 * made (page_table_take(): all of it is 0) and hung in with TABLE_FLAGS: what a page may be used
 * for is decided in its own entry alone (page_flags()).
 *
 * @param root     of the address space
 * @param address  of the page, in the lower half
 * @param frame    physical address of the frame
 * @param rights   see enum memory_rights
 * @return ERROR_NONE; ERROR_NO_MEMORY when there is none for a table; ERROR_BUSY when a page is
 *         mapped there already, which stays
 */
enum error page_map(uint64_t root, uintptr_t address, uint64_t frame, unsigned rights)
{
    uint64_t *entry = &table_at(root)[table_index(address, LEVELS)];

    for (unsigned level = LEVELS - 1; level > 0; level--) {
        if (*entry == 0) {
            uint64_t table = page_table_take();

            if (table == 0) {
                return ERROR_NO_MEMORY;
            }
            *entry = table | TABLE_FLAGS;
        }
        entry = &table_at(*entry)[table_index(address, level)];
    }
    if (*entry != 0) {
        return ERROR_BUSY;
    }
    *entry = frame | page_flags(rights);
    return ERROR_NONE;
}

/**
 * Takes a page away: its entry is 0 afterwards, and if the address space is the one that is loaded,
 * the CPU has forgotten the page (forget()). Tables stay, even empty ones.
 *
 * @param root     of the address space
 * @param address  of the page, in the lower half
 * @return the physical address of the frame that was mapped; 0 when none was
 */
uint64_t page_unmap(uint64_t root, uintptr_t address)
{
    uint64_t *entry = find_entry(root, address);
    uint64_t frame;

    if (entry == NULL) {
        return 0;
    }
    frame = *entry & PAGE_ADDRESS;
    *entry = 0;
    forget(root, address);
    return frame;
}

/**
 * Changes what a page may be used for.
 *
 * @param root     of the address space
 * @param address  of a page that is mapped
 * @param rights   see enum memory_rights
 */
void page_protect(uint64_t root, uintptr_t address, unsigned rights)
{
    uint64_t *entry = find_entry(root, address);

    *entry = (*entry & PAGE_ADDRESS) | page_flags(rights);
    forget(root, address);
}

/**
 * Looks a page up.
 *
 * @param root     of the address space
 * @param address  of the page, in the lower half
 * @param rights   set to what it may be used for
 * @return the physical address of its frame; 0 when no page is mapped there
 */
uint64_t page_find(uint64_t root, uintptr_t address, unsigned *rights)
{
    const uint64_t *entry = find_entry(root, address);

    if (entry == NULL) {
        return 0;
    }
    *rights = page_rights(*entry);
    return *entry & PAGE_ADDRESS;
}

/**
 * Finds where the kernel sees a byte of user memory, in the address space that is loaded.
 *
 * @param address  any address in the lower half
 * @param rights   that the page has to have, see enum memory_rights; 0: any
 * @return the byte in the window; NULL when no page with these rights is mapped there
 */
void *user_memory_find(uintptr_t address, unsigned rights)
{
    unsigned has;
    uint64_t frame = page_find(page_loaded(), address, &has);

    return frame == 0 || (has & rights) != rights ? NULL
                                                  : paging_window(frame + address % PAGE_SIZE);
}
