/**
 * @file
 * Starting programs from the boot modules, for first tasks: text and constants are the files' own
 * frames, data is copied.
 */
#pragma once

#include "abi/elf.h"
#include "child.h"
#include "guest_program.h"
#include "memory.h"
#include "string.h"

#define LOADER_STACK_PAGES 4u
#define LOADER_STACK_END (MEMORY_BUFFER - PAGE_SIZE)
#define LOADER_SCRATCH 0x0000600000000000u      /* where the loader fills pages for others */
#define LOADER_OWN (LOADER_SCRATCH + 0x100000u) /* for the tests' own pages: the same tables */

/** What a step of the test has to do so that the next one can be made. */
static inline void set_up(enum error error)
{
    guest_report("set-up", error);
}

/** Has the page tables made that the loader needs: they stay, and are to count as memory that is in
 * use before the test. */
static inline void loader_begin(void)
{
    uint64_t extent = MEMORY_EXTENT(1, MEMORY_READ | MEMORY_WRITE);

    set_up(memory_map(TASK_SELF, LOADER_SCRATCH, extent));
    set_up(memory_unmap(TASK_SELF, LOADER_SCRATCH, extent));
}

/** @return a boot module; NULL when there is none of this name */
static inline const struct memory_file *loader_find(const char *name)
{
    const struct memory_files *files = (const struct memory_files *)MEMORY_FILES;

    for (uint64_t i = 0; i < files->count; i++) {
        if (strcmp(files->files[i].name, name) == 0) {
            return &files->files[i];
        }
    }
    return NULL;
}

/** Gives a task pages of its own, with a copy of some bytes in them. */
static inline enum error loader_copy(task_id task, const struct elf_segment *segment,
                                     const uint8_t *bytes)
{
    uint64_t offset = segment->address % PAGE_SIZE;
    uint64_t pages = (offset + segment->memory_size + PAGE_SIZE - 1) / PAGE_SIZE;
    uint64_t extent = MEMORY_EXTENT(pages, MEMORY_READ | MEMORY_WRITE);
    enum error error = memory_map(TASK_SELF, LOADER_SCRATCH, extent);

    if (error != ERROR_NONE) {
        return error;
    }
    memcpy((uint8_t *)LOADER_SCRATCH + offset, bytes, segment->file_size);
    error = memory_share(task, segment->address - offset, LOADER_SCRATCH, extent);
    set_up(memory_unmap(TASK_SELF, LOADER_SCRATCH, extent));
    return error;
}

/** Gives a task one segment of a file. */
static inline enum error loader_segment(task_id task, const struct elf_segment *segment,
                                        const struct memory_file *file)
{
    uint64_t bytes = file->address + segment->offset;
    uint64_t offset = segment->address % PAGE_SIZE;
    uint64_t pages = (offset + segment->memory_size + PAGE_SIZE - 1) / PAGE_SIZE;
    unsigned rights = MEMORY_READ | (segment->flags & ELF_EXECUTE ? MEMORY_EXECUTE : 0u);

    if (segment->type != ELF_LOAD || segment->memory_size == 0) {
        return ERROR_NONE;
    }
    if (segment->flags & ELF_WRITE) {
        return loader_copy(task, segment, (const uint8_t *)bytes);
    }
    return memory_share(task, segment->address - offset, bytes - offset,
                        MEMORY_EXTENT(pages, rights));
}

/** Gives a task a program's memory and a stack. */
static inline enum error loader_fill(task_id task, const struct memory_file *file)
{
    const struct elf_header *header = (const struct elf_header *)file->address;
    const struct elf_segment *segments =
        (const struct elf_segment *)(file->address + header->segments_offset);
    enum error error = memory_map(task, LOADER_STACK_END - LOADER_STACK_PAGES * PAGE_SIZE,
                                  MEMORY_EXTENT(LOADER_STACK_PAGES, MEMORY_READ | MEMORY_WRITE));

    for (unsigned i = 0; error == ERROR_NONE && i < header->segment_count; i++) {
        error = loader_segment(task, &segments[i], file);
    }
    return error;
}

/**
 * Makes a task with a program's memory; it does not run yet.
 *
 * @param name    the program's
 * @param given   the slot that it gets a copy of in its slot 1
 * @param faults  likewise in its slot 2: where its page faults go
 */
static inline task_id loader_make(const char *name, slot given, slot faults)
{
    const struct memory_file *file = loader_find(name);
    struct call_result made = task_create(name, strlen(name), given, faults);

    set_up((enum error)made.error);
    if (file == NULL || made.error != ERROR_NONE) {
        guest_report_text("cannot-load", name);
        guest_end();
    }
    set_up(loader_fill((task_id){made.value}, file));
    return (task_id){made.value};
}

/** Lets a task that has been made begin. */
static inline void loader_run(task_id task, const char *name, uint64_t argument)
{
    const struct elf_header *header = (const struct elf_header *)loader_find(name)->address;

    set_up(task_run(task, header->entry, LOADER_STACK_END, argument));
}

/** Makes a task and lets it begin. */
static inline task_id loader_start(const char *name, uint64_t argument, slot given, slot faults)
{
    task_id task = loader_make(name, given, faults);

    loader_run(task, name, argument);
    return task;
}

/** Waits for a task's end, and reports how it has ended. */
static inline void loader_join(task_id task)
{
    struct call_result ended = task_join(task);

    set_up((enum error)ended.error);
    guest_report_hex("status", ended.value);
}
