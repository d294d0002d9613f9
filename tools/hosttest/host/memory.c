/**
 * @file
 * The machine's memory: a piece of the host's, which the kernel's window shows. What the allocator
 * has not handed out must not be touched: the address sanitizer watches that.
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
#include "lib/bitmap.h"
#include "mm/frames.h"
#include "mm/memory.h"

static uint8_t *memory;
static size_t memory_size;

struct boot_info boot_info;

/* The linker hands the allocator's calls to these first (--wrap). */
enum error __real_frame_take_run(size_t count, size_t alignment, uint64_t *address);
enum error __wrap_frame_take_run(size_t count, size_t alignment, uint64_t *address);
enum error __real_frame_release_run(uint64_t address, size_t count);
enum error __wrap_frame_release_run(uint64_t address, size_t count);

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

/** Takes frames, which may be touched from here on. */
enum error __wrap_frame_take_run(size_t count, size_t alignment, uint64_t *address)
{
    enum error error = __real_frame_take_run(count, alignment, address);

    if (error == ERROR_NONE && *address < memory_size) {
        ASAN_UNPOISON_MEMORY_REGION(memory + *address, count * FRAME_SIZE);
    }
    return error;
}

/** Gives frames back, which must not be touched any more. */
enum error __wrap_frame_release_run(uint64_t address, size_t count)
{
    enum error error = __real_frame_release_run(address, count);

    if (error == ERROR_NONE) {
        ASAN_POISON_MEMORY_REGION(memory + address, count * FRAME_SIZE);
    }
    return error;
}

static void poison_free_frames(void)
{
    for (size_t frame = 0; frame < frames.limit; frame++) {
        if (bitmap_test(frames.bitmap, frame)) {
            ASAN_POISON_MEMORY_REGION(memory + frame * FRAME_SIZE, FRAME_SIZE);
        }
    }
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
    frames_init();
    poison_free_frames();
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
