/**
 * @file
 * Memory as a user program sees it.
 */
#pragma once

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
