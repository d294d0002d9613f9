/**
 * @file
 * Which physical memory there is to use: the firmware's list, put in order, less what is taken.
 *
 * Firmware lists may be unsorted, overlap, and end in the middle of a page; a memory_map does
 * none of that. Two operations keep it so: memory_map_add and memory_map_remove.
 */
#include "mm/memory.h"

#include "arch/paging.h"
#include "debug/printk.h"

#define MIB ((uint64_t)1 << 20)
#define FIRMWARE_END MIB /* below: interrupt vectors, BIOS data, video memory, option ROMs */

struct memory_map memory_free;

/** Adds a range behind all others, unless it is empty. Where the table is full it is left out: its
 * memory stays unused. */
static void append(struct memory_map *map, uint64_t start, uint64_t end)
{
    if (start < end && map->count < BOOT_RANGES) {
        map->ranges[map->count++] = (struct memory_range){start, end};
    }
}

/**
 * Adds memory: the whole pages inside a range. Overlapping and touching ranges become one.
 *
 * @param map    the map
 * @param start  first byte
 * @param end    one past the last byte
 */
void memory_map_add(struct memory_map *map, uint64_t start, uint64_t end)
{
    struct memory_map old = *map;
    size_t i = 0;

    if (start > UINT64_MAX - PAGE_SIZE || paging_round_up(start) >= paging_round_down(end)) {
        return;
    }
    start = paging_round_up(start);
    end = paging_round_down(end);
    map->count = 0;
    for (; i < old.count && old.ranges[i].end < start; i++) {
        append(map, old.ranges[i].start, old.ranges[i].end);
    }
    for (; i < old.count && old.ranges[i].start <= end; i++) {
        start = old.ranges[i].start < start ? old.ranges[i].start : start;
        end = old.ranges[i].end > end ? old.ranges[i].end : end;
    }
    append(map, start, end);
    for (; i < old.count; i++) {
        append(map, old.ranges[i].start, old.ranges[i].end);
    }
}

/**
 * Takes memory out: every page that a range touches.
 *
 * @param map    the map
 * @param start  first byte
 * @param end    one past the last byte
 */
void memory_map_remove(struct memory_map *map, uint64_t start, uint64_t end)
{
    struct memory_map old = *map;

    start = paging_round_down(start);
    end = paging_round_up(end);
    map->count = 0;
    for (size_t i = 0; i < old.count; i++) {
        struct memory_range range = old.ranges[i];

        append(map, range.start, range.end < start ? range.end : start);
        append(map, range.start > end ? range.start : end, range.end);
    }
}

/** @return the bytes in all ranges together */
uint64_t memory_map_size(const struct memory_map *map)
{
    uint64_t size = 0;

    for (size_t i = 0; i < map->count; i++) {
        size += map->ranges[i].end - map->ranges[i].start;
    }
    return size;
}

static void print_map(const struct memory_map *map)
{
    for (size_t i = 0; i < map->count; i++) {
        struct memory_range range = map->ranges[i];

        printk("[mm]   %012lx-%012lx %8lu KB\n", range.start, range.end - 1,
               (range.end - range.start) / 1024);
    }
}

/** Memory that the window does not show cannot be used. */
static void leave_out_unreachable(void)
{
    uint64_t before = memory_map_size(&memory_free);

    memory_map_remove(&memory_free, PAGING_WINDOW_LIMIT, UINT64_MAX - PAGE_SIZE);
    if (memory_map_size(&memory_free) < before) {
        printk("[mm] memory above %lu MB is not used\n", PAGING_WINDOW_LIMIT / MIB);
    }
}

/**
 * Takes over the firmware's list, reports it, and leaves in memory_free what nothing uses: not the
 * first megabyte, which is the firmware's, nor the kernel's image, nor what the window does not
 * reach.
 */
void memory_init(void)
{
    struct memory_range image = paging_image();
    uint64_t detected;

    for (size_t i = 0; i < boot_info.memory_count; i++) {
        memory_map_add(&memory_free, boot_info.memory[i].start, boot_info.memory[i].end);
    }
    detected = memory_map_size(&memory_free);
    /* The firmware keeps some memory for itself; rounding up gives the size that was bought. */
    printk("[mm] %lu MB detected\n", (detected + MIB - 1) / MIB);

    memory_map_remove(&memory_free, 0, FIRMWARE_END);
    memory_map_remove(&memory_free, image.start, image.end);
    leave_out_unreachable();
    printk("[mm] %lu KB free:\n", memory_map_size(&memory_free) / 1024);
    print_map(&memory_free);
}
