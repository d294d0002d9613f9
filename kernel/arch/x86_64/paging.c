/**
 * @file
 * The kernel's page tables (Intel SDM Vol. 3A 4.5), made once, before the first line of the
 * demonstration runs.
 *
 * Two parts of the address space are mapped (layout.h). The *image* has the rights that the linker
 * script's sections ask for: text can be executed and not written, constants only read, data never
 * executed, guard pages are missing. The *window* shows all memory, never executable, and shows the
 * image's text and constants read-only too: no address lets them be written.
 *
 * The first two large pages' worth of memory holds the image and is mapped in 4 KB pages, the rest
 * of the window in 2 MB pages. The tables are static, so nothing can go wrong here at run time.
 */
#include "arch/paging.h"

#include <stdbool.h>
#include <stddef.h>

#include "arch/stacks.h"
#include "arch/x86_64/layout.h"
#include "arch/x86_64/page_entry.h"

#define GIB ((uint64_t)1 << 30)
#define IMAGE_TABLES (IMAGE_LIMIT / LARGE_PAGE_SIZE)

typedef uint64_t page_table[TABLE_ENTRIES] __attribute__((aligned(PAGE_SIZE)));

/* Written by paging_init, read by the CPU. */
static page_table root;
static page_table image_pointers, image_directory, image_pages[IMAGE_TABLES];
static page_table window_pointers, window_directories[WINDOW_GIB], window_pages[IMAGE_TABLES];

static uint64_t table_entry(const page_table *table)
{
    return image_physical(table) | PAGE_PRESENT | PAGE_WRITABLE;
}

static bool is_guard_page(uintptr_t address)
{
    for (size_t i = 0; i < kernel_stack_count; i++) {
        if (address == kernel_stacks[i].start - PAGE_SIZE) {
            return true;
        }
    }
    return false;
}

static bool is_inside(uintptr_t address, const char *start, const char *end)
{
    return address >= (uintptr_t)start && address < (uintptr_t)end;
}

/** What may be done with a page of the image; 0 for a page that is not to be mapped. */
static uint64_t image_page_flags(uintptr_t address)
{
    if (!is_inside(address, image_start, image_end) || is_guard_page(address)) {
        return 0;
    }
    if (is_inside(address, image_start, text_end)) {
        return PAGE_PRESENT;
    }
    if (is_inside(address, text_end, rodata_end)) {
        return PAGE_PRESENT | PAGE_NO_EXECUTE;
    }
    return PAGE_PRESENT | PAGE_WRITABLE | PAGE_NO_EXECUTE;
}

/** The same for the window's view of low memory. */
static uint64_t window_page_flags(uint64_t physical)
{
    bool constant = is_inside(physical + KERNEL_BASE, image_start, rodata_end);

    return PAGE_PRESENT | PAGE_NO_EXECUTE | (constant ? 0 : PAGE_WRITABLE);
}

static void map_image_memory(void)
{
    for (uint64_t physical = 0; physical < IMAGE_LIMIT; physical += PAGE_SIZE) {
        size_t table = physical / LARGE_PAGE_SIZE;
        size_t entry = table_index(physical, 1);
        uint64_t image_flags = image_page_flags(physical + KERNEL_BASE);

        image_pages[table][entry] = image_flags == 0 ? 0 : physical | image_flags | PAGE_GLOBAL;
        window_pages[table][entry] = physical | window_page_flags(physical) | PAGE_GLOBAL;
    }
    for (size_t table = 0; table < IMAGE_TABLES; table++) {
        image_directory[table] = table_entry(&image_pages[table]);
        window_directories[0][table] = table_entry(&window_pages[table]);
    }
}

/** Maps the large pages that hold a part of a range into the window, as far as it reaches. */
static void map_window_range(struct memory_range range)
{
    uint64_t first = range.start & ~(uint64_t)(LARGE_PAGE_SIZE - 1);

    if (first < IMAGE_LIMIT) {
        first = IMAGE_LIMIT;
    }
    for (uint64_t at = first; at < range.end && at < paging_window_limit(); at += LARGE_PAGE_SIZE) {
        window_directories[at / GIB][table_index(at, 2)] =
            at | PAGE_PRESENT | PAGE_WRITABLE | PAGE_NO_EXECUTE | PAGE_LARGE | PAGE_GLOBAL;
    }
}

/**
 * Makes the kernel's address space and moves into it. Needs boot_info. The loader's and boot.asm's
 * mappings end here: physical addresses are no longer addresses.
 */
void paging_init(void)
{
    map_image_memory();
    for (size_t i = 0; i < boot_info.memory_count; i++) {
        map_window_range(boot_info.memory[i]);
    }
    for (size_t gib = 0; gib < WINDOW_GIB; gib++) {
        window_pointers[gib] = table_entry(&window_directories[gib]);
    }
    image_pointers[table_index(KERNEL_BASE, 3)] = table_entry(&image_directory);
    root[table_index(KERNEL_BASE, 4)] = table_entry(&image_pointers);
    root[table_index(WINDOW_BASE, 4)] = table_entry(&window_pointers);
    __asm__ volatile("movq %0, %%cr3" : : "r"(image_physical(root)) : "memory");
}

/**
 * @return the physical address where the window ends: memory from there on cannot be used
 */
uint64_t paging_window_limit(void)
{
    return WINDOW_GIB * GIB;
}

/**
 * @param physical  address of memory that boot_info lists, or below IMAGE_LIMIT
 * @return the address at which the kernel sees it
 */
void *paging_window(uint64_t physical)
{
    return (void *)(WINDOW_BASE + physical);
}

/**
 * @return the physical memory that the kernel's image takes up, stacks included
 */
struct memory_range paging_image(void)
{
    return (struct memory_range){image_physical(image_start), image_physical(image_end)};
}
