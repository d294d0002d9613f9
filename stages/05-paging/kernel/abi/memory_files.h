/**
 * @file
 * The limits of the memory calls, and what the first task finds in its memory.
 */
#pragma once

#include <stdint.h>

/** Most pages that one call works on. */
#define MEMORY_PAGES_MAX 1024u

/** Most pages that a task may have: 256 MB, so that ending it takes a bounded time. */
#define MEMORY_TASK_PAGES_MAX 65536u

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
