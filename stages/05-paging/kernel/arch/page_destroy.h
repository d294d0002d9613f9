/**
 * @file
 * The end of page tables.
 */
#pragma once

#include "lib/types.h"

void page_destroy(uint64_t root);

/* Where their memory goes: mm/ defines it. */
void page_table_give(uint64_t table);
void page_frame_drop(uint64_t frame);
