/**
 * @file
 * Entries of the page tables (Intel SDM Vol. 3A 4.5, tables 4-15 to 4-20).
 */
#pragma once

#include "lib/types.h"

#define TABLE_ENTRIES 512u

#define PAGE_PRESENT ((uint64_t)1 << 0)
#define PAGE_WRITABLE ((uint64_t)1 << 1)
#define PAGE_USER ((uint64_t)1 << 2)   /* user programs may access it; in all levels */
#define PAGE_LARGE ((uint64_t)1 << 7)  /* in a page directory: maps 2 MB */
#define PAGE_GLOBAL ((uint64_t)1 << 8) /* the same in all address spaces (4.10.2.4) */
#define PAGE_NO_EXECUTE ((uint64_t)1 << 63)
#define PAGE_ADDRESS ((uint64_t)0x000FFFFFFFFFF000) /* the physical address in an entry */

/** Bits of an address that select the entry in a table; level 1 is the page table, 4 the root. */
static inline size_t table_index(uintptr_t address, unsigned level)
{
    return address >> (12 + 9 * (level - 1)) & (TABLE_ENTRIES - 1);
}
