/**
 * @file
 * Which physical memory there is to use.
 */
#pragma once

#include "arch/boot.h"

/** Runs of memory: sorted by address, page aligned, none touching the next. */
struct memory_map {
    struct memory_range ranges[BOOT_RANGES];
    size_t count;
};

/** The memory that nothing uses yet. Filled by memory_init. */
extern struct memory_map memory_free;

void memory_map_add(struct memory_map *map, uint64_t start, uint64_t end);
void memory_map_remove(struct memory_map *map, uint64_t start, uint64_t end);
uint64_t memory_map_size(const struct memory_map *map);
