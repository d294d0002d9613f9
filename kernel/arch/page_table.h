/**
 * @file
 * Page tables of address spaces.
 *
 * An address space is named by the physical address of its topmost table, the root. Its lower half
 * is the program's; the upper half is the kernel's, and the same in all of them.
 */
#pragma once

#include "abi/error.h"
#include "abi/memory.h"

uint64_t page_create(void);
enum error page_map(uint64_t root, uintptr_t address, uint64_t frame, unsigned rights);
uint64_t page_unmap(uint64_t root, uintptr_t address);
void page_protect(uint64_t root, uintptr_t address, unsigned rights);
uint64_t page_find(uint64_t root, uintptr_t address, unsigned *rights);
void page_load(uint64_t root);
uint64_t page_loaded(void);
uint64_t page_kernel_root(void);
void page_set_fault_address(uint64_t address);

/* Where the memory for tables comes from. */
uint64_t page_table_take(void);
