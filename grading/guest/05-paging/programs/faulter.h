/**
 * @file
 * What the task that faults and its pager have in common.
 */
#pragma once

#include "memory.h"

#define FAULTER_ACCESSES 24u
#define FAULTER_START 0x0000100000000000u /* the pages that it accesses lie from here on */
#define FAULTER_PAGES (1ul << 30)         /* so many */

/* The task's argument: what the faulter does. */
enum faulter_part {
    FAULTER_ALL,     /**< FAULTER_ACCESSES accesses, each mended */
    FAULTER_REFUSED, /**< one access that is never mended; the pager is asked first */
    FAULTER_ALONE,   /**< one access, with nobody who could mend it */
};

/** The page of access number `number`; a page for each, in random order of addresses. */
static inline uint64_t faulter_page(uint64_t random)
{
    return FAULTER_START + random % FAULTER_PAGES * PAGE_SIZE;
}

/** How access number `number` is made: each kind in turn. */
static inline unsigned faulter_access(unsigned number)
{
    static const unsigned accesses[] = {MEMORY_READ, MEMORY_WRITE, MEMORY_EXECUTE};

    return accesses[number % 3];
}
