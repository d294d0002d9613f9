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

#define ELF_MAGIC "\177ELF\2\1\1" /* ELF, 64-bit, low byte first, version 1 */
#define ELF_TYPE_EXECUTABLE 2u
#define ELF_MACHINE_X86_64 62u

static const struct elf_header *header_of(const struct elf_file *file)
{
    return (const struct elf_header *)file->bytes;
}

static const struct elf_segment *segments_of(const struct elf_file *file)
{
    return (const struct elf_segment *)(file->bytes + header_of(file)->segments_offset);
}

/** The header is that of a program for this machine, and the list of segments is in the file. */
static bool is_header_right(const struct elf_file *file)
{
    const struct elf_header *header = header_of(file);

    return file->size >= sizeof(*header) &&
           memcmp(header->ident, ELF_MAGIC, sizeof(ELF_MAGIC) - 1) == 0 &&
           header->type == ELF_TYPE_EXECUTABLE && header->machine == ELF_MACHINE_X86_64 &&
           header->segment_size == sizeof(struct elf_segment) && header->segment_count > 0 &&
           header->segments_offset % sizeof(uint64_t) == 0 &&
           header->segments_offset <= file->size &&
           header->segment_count * sizeof(struct elf_segment) <=
               file->size - header->segments_offset;
}

/** A segment lies in the file, and in the programs' area behind address `from`. */
static bool is_segment_right(const struct elf_file *file, const struct elf_segment *segment,
                             uintptr_t from)
{
    bool writes_and_executes = segment->flags & ELF_WRITE && segment->flags & ELF_EXECUTE;

    return segment->offset <= file->size && segment->file_size <= file->size - segment->offset &&
           segment->file_size <= segment->memory_size && segment->address >= from &&
           segment->address < USER_STACKS_START &&
           segment->memory_size <= USER_STACKS_START - segment->address && !writes_and_executes;
}

static uintptr_t page_behind(uintptr_t address)
{
    return (address + PAGE_SIZE - 1) & ~(uintptr_t)(PAGE_SIZE - 1);
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

    if (!is_header_right(file)) {
        return ERROR_BAD_PROGRAM;
    }
    file->memory.start = USER_STACKS_START;
    for (size_t i = 0; i < header_of(file)->segment_count; i++) {
        const struct elf_segment *segment = &segments_of(file)[i];

        if (segment->type != ELF_LOAD || segment->memory_size == 0) {
            continue;
        }
        if (!is_segment_right(file, segment, from)) {
            return ERROR_BAD_PROGRAM;
        }
        if (segment->address < file->memory.start) {
            file->memory.start = segment->address & ~(uintptr_t)(PAGE_SIZE - 1);
        }
        from = page_behind(segment->address + segment->memory_size);
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
        if (segments_of(file)[i].type == ELF_LOAD && segments_of(file)[i].memory_size > 0) {
            error = elf_load_segment(&segments_of(file)[i], file->bytes, thread);
        }
    }
    return error;
}
