/**
 * @file
 * Boot modules: files that the boot loader has put into memory beside the kernel.
 */
#pragma once

#include "arch/boot.h"

#define MODULE_LIMIT 64u
#define MODULE_NAME_SIZE 16u

/** One module. */
struct module {
    char name[MODULE_NAME_SIZE]; /**< of its file, without folders; ends with NUL */
    struct memory_range memory;  /**< physical addresses */
};

/** All modules, in the loader's order. Filled by modules_init, read-only afterwards. */
struct module_list {
    size_t count;
    struct module items[MODULE_LIMIT];
};

/** What this boot's loader has brought. */
extern struct module_list modules;
