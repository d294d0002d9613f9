/**
 * @file
 * Extents: how much memory a program takes.
 */
#pragma once

#include "image.h"

/** What a program takes. */
struct extent {
    uint64_t own_pages;   /**< pages that each process has of its own, without the stack */
    uint64_t shared_runs; /**< runs of pages that all processes have from the file */
    uint64_t tables;      /**< page tables, with those of stack and IPC buffer */
};

/** A run of a segment's pages that can be shown as the file has them. */
struct shared_run {
    uint64_t address; /**< of the first page */
    uint64_t first;   /**< the same page in the file, counted in pages */
    uint64_t pages;   /**< 0: there are none */
};

struct extent extent_of(const struct image *image);
struct shared_run segment_shared_run(const struct elf_segment *segment);
