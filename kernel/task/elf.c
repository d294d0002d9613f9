/**
 * @file
 * Program files: what is checked, and how they get into memory.
 *
 * A file is a stranger's: every number in it may be anything. All of it is checked before a page is
 * mapped.
 */
#include "task/elf.h"

#include "arch/paging.h"
#include "arch/user_memory.h"
#include "lib/string.h"
#include "task/program.h"

static const struct elf_header *header_of(const struct elf_file *file)
{
    return (const struct elf_header *)file->bytes;
}

static const struct elf_segment *segments_of(const struct elf_file *file)
{
    return (const struct elf_segment *)(file->bytes + header_of(file)->segments_offset);
}

/**
 * Checks a file: whether it is a program that can be loaded. Its segments stand in the order of
 * their addresses, no page belongs to two of them, and none can be written and executed.
 *
 * @param file  bytes and size are given; memory is set
 * @return ERROR_NONE; ERROR_BAD_PROGRAM
 */
enum error elf_check(struct elf_file *file)
{
    uintptr_t from = USER_AREA_START;
    bool entry_found = false;

    if (!elf_is_header_right(file->bytes, file->size)) {
        return ERROR_BAD_PROGRAM;
    }
    file->memory.start = USER_STACKS_START;
    for (size_t i = 0; i < header_of(file)->segment_count; i++) {
        const struct elf_segment *segment = &segments_of(file)[i];

        if (!elf_is_loaded(segment)) {
            continue;
        }
        if (!elf_is_segment_right(segment, file->size, from, USER_STACKS_START)) {
            return ERROR_BAD_PROGRAM;
        }
        if (segment->address < file->memory.start) {
            file->memory.start = paging_round_down(segment->address);
        }
        from = paging_round_up(segment->address + segment->memory_size);
        entry_found |= elf_entry(file) - segment->address < segment->memory_size;
    }
    file->memory.end = from;
    return entry_found ? ERROR_NONE : ERROR_BAD_PROGRAM;
}

/** @return the address of a program's first instruction */
uintptr_t elf_entry(const struct elf_file *file)
{
    return header_of(file)->entry;
}

static unsigned rights_of(const struct elf_segment *segment)
{
    return MEMORY_READ | (segment->flags & ELF_WRITE ? MEMORY_WRITE : 0) |
           (segment->flags & ELF_EXECUTE ? MEMORY_EXECUTE : 0);
}

/**
 * Loads a segment: gives the thread each page that it touches (program_add_page(), whose pages are
 * all 0), with the segment's rights (rights_of()), and copies the file's bytes to their addresses.
 * The first byte need not be a page's first; the last page may hold less than a page; what the file
 * does not have stays 0.
 *
 * @param segment  checked: it lies inside the file, none of its pages is mapped
 * @param file     the whole file
 * @param thread   whose memory it becomes
 * @return ERROR_NONE; what program_add_page() refuses with
 */
enum error elf_load_segment(const struct elf_segment *segment, const uint8_t *file,
                            struct thread *thread)
{
    uintptr_t end = segment->address + segment->memory_size;
    uintptr_t file_end = segment->address + segment->file_size;
    uintptr_t at = segment->address;

    while (at < end) {
        uintptr_t page = at - at % PAGE_SIZE;
        uintptr_t copy_end = file_end < page + PAGE_SIZE ? file_end : page + PAGE_SIZE;
        uint8_t *view;
        enum error error = program_add_page(thread, page, rights_of(segment), &view);

        if (error != ERROR_NONE) {
            return error;
        }
        if (at < copy_end) {
            memcpy(view + at % PAGE_SIZE, file + segment->offset + (at - segment->address),
                   copy_end - at);
        }
        at = page + PAGE_SIZE;
    }
    return ERROR_NONE;
}

/**
 * Loads all segments of a file.
 *
 * @param file    checked; none of its pages is mapped
 * @param thread  whose memory they become
 * @return ERROR_NONE; ERROR_NO_MEMORY
 */
enum error elf_load(const struct elf_file *file, struct thread *thread)
{
    enum error error = ERROR_NONE;

    for (size_t i = 0; error == ERROR_NONE && i < header_of(file)->segment_count; i++) {
        if (elf_is_loaded(&segments_of(file)[i])) {
            error = elf_load_segment(&segments_of(file)[i], file->bytes, thread);
        }
    }
    return error;
}
