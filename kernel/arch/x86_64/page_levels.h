/**
 * @file
 * The levels of an address space's tables (Intel SDM Vol. 3A 4.5): what those share who walk them.
 */
#pragma once

#include "arch/paging.h"
#include "arch/x86_64/page_entry.h"

#define LEVELS 4u
#define USER_ENTRIES (TABLE_ENTRIES / 2) /* of the root: the lower half */

/** Where the kernel sees a table: the one that an entry leads to, or that has this address. */
static inline uint64_t *table_at(uint64_t entry)
{
    return paging_window(entry & PAGE_ADDRESS);
}
