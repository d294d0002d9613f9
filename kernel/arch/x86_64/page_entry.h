/**
 * @file
 * The page tables: their levels, their entries (Intel SDM Vol. 3A 4.5, tables 4-15 to 4-20).
 */
#pragma once

#include "arch/paging.h"

#define TABLE_ENTRIES 512u
#define LEVELS 4u
#define USER_ENTRIES (TABLE_ENTRIES / 2) /* of the root: the lower half */

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

/** Where the kernel sees a table: the one that an entry leads to, or that has this address. */
static inline uint64_t *table_at(uint64_t entry)
{
    return paging_window(entry & PAGE_ADDRESS);
}
