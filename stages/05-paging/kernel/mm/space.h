/**
 * @file
 * Address spaces: pages with frames in them.
 */
#pragma once

#include "abi/error.h"
#include "abi/memory_files.h"
#include "lib/types.h"

/** A run of pages of an address space. */
struct space_part {
    uint64_t root;     /**< of the address space */
    uintptr_t address; /**< of the first page */
    size_t pages;
};

enum error space_check(uint64_t address, uint64_t pages);
enum error space_add(const struct space_part *part, unsigned rights);
size_t space_remove(const struct space_part *part);
enum error space_protect(const struct space_part *part, unsigned rights);
enum error space_share(const struct space_part *to, uint64_t from_root, uintptr_t from,
                       unsigned rights);
enum error space_share_page(uint64_t to_root, uintptr_t to, uint64_t from_root, uintptr_t from,
                            unsigned rights);
