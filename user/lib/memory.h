/**
 * @file
 * Memory: pages, and regions that tasks share.
 */
#pragma once

#include "abi/memory.h"
#include "call.h"

#define PAGE_SIZE 4096u

/**
 * Reads from pages, so that they are there. Needed before the kernel is to read what the program
 * has never touched: it does not ask the pager for a call's arguments, it refuses with
 * ERROR_BAD_ADDRESS.
 *
 * @param start  address of the first byte
 * @param size   in bytes, at least 1
 */
static inline void memory_touch(const void *start, uint64_t size)
{
    const volatile uint8_t *bytes = start;

    for (uint64_t i = 0; i < size; i += PAGE_SIZE) {
        (void)bytes[i];
    }
    (void)bytes[size - 1];
}

enum error memory_attach(const char *name, uint64_t address, uint64_t pages, uint64_t rights);
