/**
 * @file
 * What the boot loader tells, in a form that no loader shows through.
 */
#pragma once

#include "lib/types.h"

#define BOOT_COMMAND_LINE_SIZE 256
#define BOOT_RANGES 64

/** A run of memory, from start up to end (not included), in bytes. */
struct memory_range {
    uint64_t start, end;
};

/** Filled by multiboot_init, read-only afterwards. */
struct boot_info {
    char command_line[BOOT_COMMAND_LINE_SIZE]; /**< ends with NUL, cut off if longer */
    struct memory_range memory[BOOT_RANGES];   /**< memory to use, as the firmware lists it */
    size_t memory_count;                       /**< runs in it */
};

/** What this boot's loader has told. */
extern struct boot_info boot_info;
