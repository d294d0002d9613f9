/**
 * @file
 * Program files: ELF-64, executables for the x86-64 (System V ABI, chapters 4 and 5); and what is
 * checked of them by everybody who loads one. A file is a stranger's: every number in it may be
 * anything.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/** The beginning of the file (Elf64_Ehdr). */
struct elf_header {
    uint8_t ident[16]; /**< magic number, class, byte order */
    uint16_t type, machine;
    uint32_t version;
    uint64_t entry;           /**< address of the first instruction */
    uint64_t segments_offset; /**< e_phoff: of the first struct elf_segment */
    uint64_t sections_offset;
    uint32_t flags;
    uint16_t header_size, segment_size, segment_count; /**< e_phentsize, e_phnum */
    uint16_t section_size, section_count, section_names;
};

/** A piece of the file and where it goes in memory (Elf64_Phdr). */
struct elf_segment {
    uint32_t type;
    uint32_t flags;       /**< ELF_EXECUTE and so on */
    uint64_t offset;      /**< in the file, bytes */
    uint64_t address;     /**< of its first byte in memory */
    uint64_t physical;    /**< not used */
    uint64_t file_size;   /**< bytes that the file has of it */
    uint64_t memory_size; /**< bytes in memory; those behind file_size are 0 */
    uint64_t alignment;
};

_Static_assert(sizeof(struct elf_header) == 64 && sizeof(struct elf_segment) == 56, "ELF-64");

#define ELF_MAGIC "\177ELF\2\1\1" /**< ELF, 64-bit, low byte first, version 1 */
#define ELF_TYPE_EXECUTABLE 2u
#define ELF_MACHINE_X86_64 62u
#define ELF_LOAD 1u /**< type of a segment that is to be loaded */
#define ELF_EXECUTE 1u
#define ELF_WRITE 2u

/**
 * @param file  its first byte
 * @param size  in bytes, any number
 * @return whether the header is that of a program for this machine, and the list of segments is in
 *         the file
 */
static inline bool elf_is_header_right(const void *file, uint64_t size)
{
    const struct elf_header *header = file;

    return size >= sizeof(*header) &&
           __builtin_memcmp(header->ident, ELF_MAGIC, sizeof(ELF_MAGIC) - 1) == 0 &&
           header->type == ELF_TYPE_EXECUTABLE && header->machine == ELF_MACHINE_X86_64 &&
           header->segment_size == sizeof(struct elf_segment) && header->segment_count > 0 &&
           header->segments_offset % sizeof(uint64_t) == 0 && header->segments_offset <= size &&
           header->segment_count * sizeof(struct elf_segment) <= size - header->segments_offset;
}

/**
 * @param segment  any numbers
 * @param size     of the file, in bytes
 * @param from     lowest address that the segment may have
 * @param end      one past the highest
 * @return whether a segment lies in the file, and in memory between two addresses, and is not to be
 *         written and executed
 */
static inline bool elf_is_segment_right(const struct elf_segment *segment, uint64_t size,
                                        uint64_t from, uint64_t end)
{
    bool writes_and_executes = segment->flags & ELF_WRITE && segment->flags & ELF_EXECUTE;

    return segment->offset <= size && segment->file_size <= size - segment->offset &&
           segment->file_size <= segment->memory_size && segment->address >= from &&
           segment->address < end && segment->memory_size <= end - segment->address &&
           !writes_and_executes;
}

/** @return whether a segment takes up memory */
static inline bool elf_is_loaded(const struct elf_segment *segment)
{
    return segment->type == ELF_LOAD && segment->memory_size > 0;
}
