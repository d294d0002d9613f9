/**
 * @file
 * The kernel's address space.
 */
#pragma once

#include "arch/boot.h"

#define PAGE_SIZE 4096u
#define PAGING_WINDOW_LIMIT ((uint64_t)16 << 30) /* memory from there on cannot be used */

/** @return the address of the page that an address lies in */
static inline uint64_t paging_round_down(uint64_t address)
{
    return address - address % PAGE_SIZE;
}

/** @return the address of the first page that begins there or behind */
static inline uint64_t paging_round_up(uint64_t address)
{
    return paging_round_down(address + PAGE_SIZE - 1);
}

void *paging_window(uint64_t physical);
struct memory_range paging_image(void);
