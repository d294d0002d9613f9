/**
 * @file
 * Memory as a user program sees it.
 */
#pragma once

#include <stdint.h>

/** What a program may do with a page: any sum of these, but not write and execute. */
enum memory_rights {
    MEMORY_READ = 1, /**< what can be written or executed can be read, too */
    MEMORY_WRITE = 2,
    MEMORY_EXECUTE = 4,
};

/** Where programs may have memory: from here on, up to MEMORY_END (not included). */
#define MEMORY_START 0x1000u
/** The last page below the hole in the address space is never mapped: SYSRET could not return to
 * the address behind it (Intel SDM Vol. 2B, SYSRET). */
#define MEMORY_END 0x00007FFFFFFFF000u

/** Where the kernel maps each task's IPC buffer: one page. Programs may have memory below. */
#define MEMORY_BUFFER 0x00007FFFFFFFD000u

/** How many pages with which rights, in one word: an argument of the memory calls. */
#define MEMORY_EXTENT(pages, rights) ((uint64_t)(pages) << 3 | (rights))
#define MEMORY_EXTENT_PAGES(extent) ((extent) >> 3)
#define MEMORY_EXTENT_RIGHTS(extent) ((unsigned)((extent)&7))
