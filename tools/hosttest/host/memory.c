/**
 * @file
 * The machine's memory: a piece of the host's, which the kernel's window shows. What nobody has
 * must not be touched: the address sanitizer watches that.
 */
#include <sanitizer/asan_interface.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "arch/boot.h"
#include "arch/page_table.h"
#include "arch/paging.h"
#include "harness.h"
#include "host/cpu.h"
#include "host/machine.h"
#include "mm/memory.h"

static uint8_t *memory;
static size_t memory_size;

struct boot_info boot_info;

/** @return where the kernel sees a byte of physical memory */
void *paging_window(uint64_t physical)
{
    EXPECT(physical < memory_size, "the kernel reaches for physical memory at %#lx", physical);
    return memory + physical;
}

/** @return where the kernel's image is */
struct memory_range paging_image(void)
{
    return (struct memory_range){0x100000, HOST_MEMORY_START};
}

/** The upper half of the kernel's root: entries that nobody may follow or change. */
static void make_kernel_root(void)
{
    uint64_t *root = paging_window(HOST_KERNEL_ROOT);

    for (size_t i = 256; i < 512; i++) {
        root[i] = 0xBAD0000000000003u | i << 12;
    }
}

/** Gives the kernel memory with rubbish in it, and lets it take it over. */
void host_memory_start(size_t bytes)
{
    memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    EXPECT(memory != MAP_FAILED, "no memory for the machine");
    memory_size = bytes;
    for (size_t at = 0; at < bytes; at += sizeof(uint64_t)) {
        *(uint64_t *)(memory + at) = at < HOST_MEMORY_START ? 0 : 0xFEEDFACECAFEBEEFu;
    }
    host_cpu_start();
    make_kernel_root();
    host_cpu.cr3 = HOST_KERNEL_ROOT;
    page_init();
    boot_info.memory[0] = (struct memory_range){0, bytes};
    boot_info.memory_count = 1;
    memory_init();
    host_stage_memory();
}

/** Says whether some bytes may be touched. */
void host_memory_allow(uint64_t physical, size_t bytes, bool allowed)
{
    EXPECT(physical <= memory_size && bytes <= memory_size - physical, "no memory at %#lx",
           physical);
    if (allowed) {
        ASAN_UNPOISON_MEMORY_REGION(memory + physical, bytes);
    } else {
        ASAN_POISON_MEMORY_REGION(memory + physical, bytes);
    }
}

/** @return one past the last byte of the machine's memory */
uint64_t host_memory_end(void)
{
    return memory_size;
}
