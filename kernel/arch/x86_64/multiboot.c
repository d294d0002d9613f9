/**
 * @file
 * Reading what a Multiboot 1 loader left in memory. It is copied once, early: later the kernel
 * hands out that memory.
 */
#include "arch/x86_64/multiboot.h"

#include "arch/paging.h"
#include "lib/format.h"

/* Written by boot.asm, after the loader has cleared .bss. */
uint32_t multiboot_magic = 0, multiboot_address = 0;

struct boot_info boot_info;

/**
 * Reads the loader's memory map: lists every run of memory that may be used.
 *
 * The map is a row of entries of *different* lengths (struct multiboot_memory). Taken over are
 * those of type MULTIBOOT_MEMORY_AVAILABLE and with a length above 0, in the map's order, neither
 * sorted nor rounded. Reading stops at the end of the map, at an entry that would reach over it or
 * is too short to hold the fields of struct multiboot_memory, or when `ranges` is full.
 *
 * @param map     the first entry; not necessarily aligned
 * @param length  the whole map's length in bytes
 * @param ranges  filled with the runs, as [start, end) in bytes
 * @param limit   how many runs fit into `ranges`
 * @return the number of runs written
 *
 * Source: Multiboot Specification 0.6.96, section 3.3 (mmap_length, mmap_addr).
 */
size_t multiboot_read_memory(const void *map, size_t length, struct memory_range *ranges,
                             size_t limit)
{
    const uint8_t *position = map;
    const uint8_t *end = position + length;
    size_t count = 0;

    while (count < limit && (size_t)(end - position) >= sizeof(struct multiboot_memory)) {
        const struct multiboot_memory *entry = (const struct multiboot_memory *)position;
        size_t stride = entry->size + sizeof(entry->size);

        if (stride < sizeof(*entry) || stride > (size_t)(end - position)) {
            break;
        }
        if (entry->type == MULTIBOOT_MEMORY_AVAILABLE && entry->length > 0) {
            ranges[count].start = entry->base;
            ranges[count].end = entry->base + entry->length;
            count++;
        }
        position += stride;
    }
    return count;
}

/**
 * Copies command line and memory map into boot_info. A field that the loader does not give stays
 * empty: the memory map's absence is noticed by whoever needs memory.
 */
void multiboot_init(void)
{
    const struct multiboot_info *info = paging_window(multiboot_address);

    if (multiboot_magic != MULTIBOOT_MAGIC) {
        return;
    }
    if (info->flags & MULTIBOOT_HAS_COMMAND_LINE) {
        format_to_buffer(boot_info.command_line, sizeof(boot_info.command_line), "%s",
                         (const char *)paging_window(info->command_line));
    }
    if (info->flags & MULTIBOOT_HAS_MEMORY_MAP) {
        boot_info.memory_count =
            multiboot_read_memory(paging_window(info->memory_map), info->memory_map_length,
                                  boot_info.memory, BOOT_RANGES);
    }
}
