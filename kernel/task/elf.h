/**
 * @file
 * Program files, and how they get into memory.
 */
#pragma once

#include "abi/elf.h"
#include "arch/boot.h"
#include "task/thread.h"

/** A program file that has been found whole. */
struct elf_file {
    const uint8_t *bytes;
    size_t size;
    struct memory_range memory; /**< all of its segments lie in there */
};

enum error elf_check(struct elf_file *file);
enum error elf_load(const struct elf_file *file, struct thread *thread);
uintptr_t elf_entry(const struct elf_file *file);
enum error elf_load_segment(const struct elf_segment *segment, const uint8_t *file,
                            struct thread *thread);
