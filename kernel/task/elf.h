/**
 * @file
 * Program files: ELF-64, executables for the x86-64 (System V ABI, chapters 4 and 5).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "abi/error.h"
#include "task/thread.h"

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

#define ELF_LOAD 1u /* type of a segment that is to be loaded */
#define ELF_EXECUTE 1u
#define ELF_WRITE 2u

/** A program file that has been found whole. */
struct elf_file {
    const uint8_t *bytes;
    size_t size;
    struct address_range memory; /**< all of its segments lie in there */
};

enum error elf_check(struct elf_file *file);
enum error elf_load(const struct elf_file *file, struct thread *thread);
uintptr_t elf_entry(const struct elf_file *file);
enum error elf_load_segment(const struct elf_segment *segment, const uint8_t *file,
                            struct thread *thread);
