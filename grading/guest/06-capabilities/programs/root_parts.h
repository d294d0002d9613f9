/**
 * @file
 * What tests that are the root task themselves have in common: they hold everything, and make their
 * threads, capability spaces and address spaces of it.
 *
 * A thread runs in the root task's own address space, or in another one that the same program's
 * pages are mapped in (root_space()): so variables are common, and all else is not.
 */
#pragma once

#include "abi/elf.h"
#include "abi/root.h"
#include "buffer.h"
#include "guest_program.h"
#include "memory.h"
#include "task.h"
#include "thread.h"

#define ROOT_SPACE_NEW 16u                    /* pages for the tables of another address space */
#define ROOT_BUFFERS 0x0000600000000000u      /* where the root task sees its threads' buffers */
#define ROOT_WINDOW (ROOT_BUFFERS + 0x40000u) /* for whatever else it looks at: the same tables */
#define ROOT_FILE (ROOT_BUFFERS + 0x100000u)  /* its own file */
#define ROOT_THREADS_MAX 24u
#define ROOT_STACK_SIZE 8192u

/** A thread that the root task has made. */
struct root_thread {
    slot thread;
    struct ipc_buffer *buffer; /**< as the root task sees it */
};

typedef void (*root_entry)(uint64_t argument);

static uint64_t root_slots_taken;
static unsigned root_threads;
static uint8_t root_stacks[ROOT_THREADS_MAX][ROOT_STACK_SIZE] __attribute__((aligned(16)));

static const slot root_cspace = {ROOT_SLOT_CSPACE};
static const slot root_own_space = {ROOT_SLOT_SPACE};
static const slot root_self = {ROOT_SLOT_THREAD};
static const slot root_untyped = {ROOT_SLOT_UNTYPED};

/** What a step of the test has to do so that the next one can be made. */
static inline void set_up(enum error error)
{
    if (error != ERROR_NONE) {
        guest_report("set-up", error);
        guest_end();
    }
}

/** @return what the kernel tells the root task */
static inline const struct root_info *root_told(void)
{
    return (const struct root_info *)ROOT_INFO_ADDRESS;
}

/** @return the first of so many empty slots that nothing else takes */
static inline slot root_slots(uint64_t count)
{
    uint64_t first = root_told()->empty_first + root_slots_taken;

    root_slots_taken += count;
    return (slot){first};
}

/** Makes an object of the largest untyped, in a slot of its own. */
static inline slot root_make(enum object_kind kind, uint64_t size)
{
    slot made = root_slots(1);

    set_up(untyped_retype(root_untyped, OBJECT(kind, size), made));
    return made;
}

/** A copy of a capability, in a slot of its own. */
static inline slot root_copy(slot from, uint64_t rights, uint64_t badge)
{
    slot copy = root_slots(1);

    set_up(slot_copy(copy, from, rights, badge));
    return copy;
}

/** @return what slot_read tells; 0 when it refuses */
static inline uint64_t root_fact(slot slot, enum slot_fact what)
{
    struct call_result read = slot_read(slot, what);

    return read.error == ERROR_NONE ? read.value : 0;
}

/** @return bytes of an untyped that are still free */
static inline uint64_t root_free(slot untyped)
{
    return root_fact(untyped, SLOT_READ_SIZE);
}

/** @return what a page of the program may be used for, by its file */
static inline uint64_t root_page_rights(uint64_t address)
{
    const struct elf_header *header = (const struct elf_header *)ROOT_FILE;
    const struct elf_segment *segments =
        (const struct elf_segment *)(ROOT_FILE + header->segments_offset);

    for (unsigned i = 0; i < header->segment_count; i++) {
        uint64_t start = segments[i].address & -(uint64_t)PAGE_SIZE;

        if (address >= start && address < segments[i].address + segments[i].memory_size) {
            return MEMORY_READ | (segments[i].flags & ELF_WRITE ? MEMORY_WRITE : 0u) |
                   (segments[i].flags & ELF_EXECUTE ? MEMORY_EXECUTE : 0u);
        }
    }
    return MEMORY_READ | MEMORY_WRITE; /* the stack */
}

/** @return another address space, with the program's pages mapped as in the root task's own */
static inline slot root_space(void)
{
    static uint64_t is_file_mapped;
    slot space = root_make(OBJECT_SPACE, ROOT_SPACE_NEW);

    if (is_file_mapped++ == 0) {
        set_up(
            frame_map((slot){ROOT_SLOT_FILES}, root_own_space, ROOT_FILE, (uint64_t)MEMORY_READ));
    }
    for (uint64_t i = ROOT_SLOT_IMAGE; i < root_told()->empty_first; i++) {
        uint64_t address = root_fact((slot){i}, SLOT_READ_BADGE);
        slot page = root_slots(1);

        if (slot_copy(page, (slot){i}, RIGHTS_ALL, 0) != ERROR_NONE ||
            frame_map(page, space, address, root_page_rights(address)) != ERROR_NONE) {
            set_up(ERROR_NO_MEMORY);
        }
    }
    return space;
}

/** Makes a thread; it does not run yet. */
static inline struct root_thread root_thread_make(slot cspace, slot space, uint64_t level)
{
    uint64_t seen = ROOT_BUFFERS + root_threads * PAGE_SIZE;
    slot frame = root_make(OBJECT_FRAME, 1);
    struct root_thread made = {root_make(OBJECT_THREAD, 0), (struct ipc_buffer *)seen};

    if (root_threads++ == ROOT_THREADS_MAX) {
        set_up(ERROR_TOO_MANY_THREADS);
    }
    set_up(frame_map(frame, root_own_space, seen, MEMORY_READ | MEMORY_WRITE));
    set_up(thread_configure(made.thread, cspace, space, frame));
    set_up(thread_set_priority(made.thread, level));
    return made;
}

/** Lets a thread run from a function on, which must not return. */
static inline void root_thread_run(struct root_thread made, root_entry entry, uint64_t argument)
{
    unsigned number = (unsigned)(((uint64_t)made.buffer - ROOT_BUFFERS) / PAGE_SIZE);

    set_up(thread_start(made.thread, (uint64_t)entry, (uint64_t)root_stacks[number + 1], argument));
}

/** Makes a thread of the root task's own spaces, and lets it run. */
static inline struct root_thread root_thread(root_entry entry, uint64_t argument, uint64_t level)
{
    struct root_thread made = root_thread_make(root_cspace, root_own_space, level);

    root_thread_run(made, entry, argument);
    return made;
}

/** Ends the calling thread. */
static inline void root_thread_end(void)
{
    for (;;) {
        call_kernel(CALL_TASK_EXIT, 0, 0, 0);
    }
}
