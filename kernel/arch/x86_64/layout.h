/**
 * @file
 * Where things stand in the kernel's address space.
 *
 *     0xFFFFFFFF80000000  KERNEL_BASE   the kernel's image: physical address + KERNEL_BASE
 *     0xFFFF800000000000  WINDOW_BASE   all memory of the machine: physical address + WINDOW_BASE
 *
 * Everything below the middle of the address space is left to user programs.
 */
#pragma once

#include "arch/paging.h"

#define KERNEL_BASE 0xFFFFFFFF80000000u
#define WINDOW_BASE 0xFFFF800000000000u
#define IMAGE_LIMIT 0x400000u /* physical end of the largest image that the tables can hold */
#define LARGE_PAGE_SIZE 0x200000u

/** Set by the linker script; only their addresses mean something. */
extern const char image_start[], text_end[], rodata_end[], data_end[], image_end[];

/** The physical address of something in the kernel's image. */
static inline uint64_t image_physical(const void *pointer)
{
    return (uintptr_t)pointer - KERNEL_BASE;
}
