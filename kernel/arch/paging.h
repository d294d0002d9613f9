/**
 * @file
 * The kernel's address space.
 */
#pragma once

#include <stdint.h>

#include "arch/boot.h"

#define PAGE_SIZE 4096u

void paging_init(void);
uint64_t paging_window_limit(void);
void *paging_window(uint64_t physical);
struct memory_range paging_image(void);
