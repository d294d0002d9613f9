/**
 * @file
 * The control registers and the TLB of the machine that the kernel is to believe in.
 *
 * The kernel's instructions for them are carried out by a handler of SIGSEGV, which is what they
 * raise in a program: so page_table.c runs as it is.
 */
#pragma once

#include <stdint.h>

#define HOST_TLB_SIZE 256u

/** A translation that the CPU remembers. */
struct host_translation {
    uint64_t address; /**< of the page; 0: the place is empty */
    uint64_t frame;
    unsigned rights;
};

/** The CPU. */
struct host_cpu {
    uint64_t cr2, cr3, cr4;
    struct host_translation tlb[HOST_TLB_SIZE];
};

extern struct host_cpu host_cpu;

void host_cpu_start(void);
void host_cpu_touch(uint64_t address);
void host_cpu_check(void);
