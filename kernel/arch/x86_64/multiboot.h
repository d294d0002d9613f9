/**
 * @file
 * Multiboot 1 (Multiboot Specification 0.6.96, section 3.3).
 */
#pragma once

#include "arch/boot.h"

#define MULTIBOOT_MAGIC 0x2BADB002u

#define MULTIBOOT_HAS_COMMAND_LINE (1u << 2)
#define MULTIBOOT_HAS_MEMORY_MAP (1u << 6)

/** The boot information, up to the fields that are used. Addresses are physical. */
struct multiboot_info {
    uint32_t flags; /**< which of the fields below are valid */
    uint32_t memory_lower, memory_upper;
    uint32_t boot_device;
    uint32_t command_line;
    uint32_t modules_count, modules;
    uint32_t symbols[4];
    uint32_t memory_map_length, memory_map; /**< bytes, address of the first entry */
};

/**
 * An entry of the memory map. `size` counts the bytes *after* itself: the next entry stands
 * size + 4 bytes further on. Entries may be longer than this structure.
 */
struct multiboot_memory {
    uint32_t size;
    uint64_t base, length; /**< bytes */
    uint32_t type;
} __attribute__((packed));

#define MULTIBOOT_MEMORY_AVAILABLE 1u

size_t multiboot_read_memory(const void *map, size_t length, struct memory_range *ranges,
                             size_t limit);
