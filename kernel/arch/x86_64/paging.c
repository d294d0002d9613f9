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

#include "arch/stacks.h"
#include "arch/x86_64/layout.h"
#include "arch/x86_64/page_entry.h"

#define GIB ((uint64_t)1 << 30)
#define WINDOW_DIRECTORIES (PAGING_WINDOW_LIMIT / GIB)
#define IMAGE_TABLES (IMAGE_LIMIT / LARGE_PAGE_SIZE)

typedef uint64_t page_table[TABLE_ENTRIES] __attribute__((aligned(PAGE_SIZE)));

/* Written by paging_init, read by the CPU. */
static page_table root;
static page_table image_pointers, image_directory;
static page_table window_pointers, window_directories[WINDOW_DIRECTORIES];

/* The tables of low memory, one behind the other: entry n maps page n. */
static uint64_t image_pages[IMAGE_LIMIT / PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));
static uint64_t window_pages[IMAGE_LIMIT / PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));

static uint64_t table_entry(const uint64_t *table)
{
    return image_physical(table) | PAGE_PRESENT | PAGE_WRITABLE;
}

/** Low memory: text and constants are read-only at both addresses; the window never executes. */
static void map_image_memory(void)
{
    for (uint64_t physical = 0; physical < IMAGE_LIMIT; physical += PAGE_SIZE) {
        const char *address = (const char *)(KERNEL_BASE + physical);
        bool is_image = address >= image_start && address < image_end;
        bool is_constant = is_image && address < rodata_end;
        uint64_t entry = physical | PAGE_PRESENT | PAGE_GLOBAL | (is_constant ? 0 : PAGE_WRITABLE);

        window_pages[physical / PAGE_SIZE] = entry | PAGE_NO_EXECUTE;
        if (is_image) {
            image_pages[physical / PAGE_SIZE] = entry | (address < text_end ? 0 : PAGE_NO_EXECUTE);
        }
    }
    for (size_t i = 0; i < kernel_stack_count; i++) { /* the guard pages */
        image_pages[(kernel_stacks[i].start - KERNEL_BASE) / PAGE_SIZE - 1] = 0;
    }
    for (size_t table = 0; table < IMAGE_TABLES; table++) {
        image_directory[table] = table_entry(&image_pages[table * TABLE_ENTRIES]);
        window_directories[0][table] = table_entry(&window_pages[table * TABLE_ENTRIES]);
    }
}

/** Maps the large pages that hold a part of a range into the window, as far as it reaches. */
static void map_window_range(struct memory_range range)
{
    uint64_t first = range.start & ~(uint64_t)(LARGE_PAGE_SIZE - 1);

    if (first < IMAGE_LIMIT) {
        first = IMAGE_LIMIT;
    }
    for (uint64_t at = first; at < range.end && at < PAGING_WINDOW_LIMIT; at += LARGE_PAGE_SIZE) {
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
    for (size_t gib = 0; gib < WINDOW_DIRECTORIES; gib++) {
        window_pointers[gib] = table_entry(window_directories[gib]);
    }
    image_pointers[table_index(KERNEL_BASE, 3)] = table_entry(image_directory);
    root[table_index(KERNEL_BASE, 4)] = table_entry(image_pointers);
    root[table_index(WINDOW_BASE, 4)] = table_entry(window_pointers);
    __asm__ volatile("movq %0, %%cr3" : : "r"(image_physical(root)) : "memory");
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
