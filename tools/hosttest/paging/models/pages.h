/**
 * @file
 * A model of address spaces: which page shows which frame, with which rights. It knows no tables.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/error.h"

#define PAGES_SPACES 4
#define PAGES_REGIONS 7       /* where pages are tried; all others are never mapped */
#define PAGES_PER_REGION 1200 /* room behind the longest run from the first few pages on */
#define PAGES_BORDER 20       /* pages in front of the border that a region is about */

/** A page; frame 0: not mapped. */
struct model_page {
    uint64_t frame;
    unsigned rights;
};

/** Pages of an address space. */
struct model_run {
    int space;
    uint64_t address, pages;
    unsigned rights; /* as a call has them: what can be written can be read, too */
};

void pages_start(void);
void pages_clear(int space);
uint64_t pages_region(int region);
struct model_page *pages_at(int space, uint64_t address);
unsigned pages_uses(uint64_t frame);
enum error pages_check(uint64_t address, uint64_t extent, struct model_run *run);
enum error pages_may_map(const struct model_run *run);
enum error pages_protect(const struct model_run *run);
enum error pages_share(const struct model_run *to, uint64_t from);
void pages_unmap(const struct model_run *run);
bool pages_may_access(int space, uint64_t address, uint64_t size, unsigned rights);
