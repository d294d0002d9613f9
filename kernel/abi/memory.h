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

/** Most pages that one call works on. */
#define MEMORY_PAGES_MAX 1024u

/** Most pages that a task may have: 256 MB, so that ending it takes a bounded time. */
#define MEMORY_TASK_PAGES_MAX 65536u

/** How many pages with which rights, in one word: an argument of the memory calls. */
#define MEMORY_EXTENT(pages, rights) ((uint64_t)(pages) << 3 | (rights))
#define MEMORY_EXTENT_PAGES(extent) ((extent) >> 3)
#define MEMORY_EXTENT_RIGHTS(extent) ((unsigned)((extent)&7))

/** Where the first task finds struct memory_files, and behind that page the files themselves. It
 * may read and execute them. */
#define MEMORY_FILES 0x0000700000000000u
#define MEMORY_FILES_MAX 64u
#define MEMORY_FILE_NAME_SIZE 16u

/** A boot module as the first task sees it. */
struct memory_file {
    char name[MEMORY_FILE_NAME_SIZE]; /**< ends with NUL */
    uint64_t address;                 /**< of the first byte; a page's */
    uint64_t size;                    /**< in bytes */
};

/** All boot modules. */
struct memory_files {
    uint64_t count;
    struct memory_file files[MEMORY_FILES_MAX];
};
