/**
 * @file
 * Blocks: pieces of untyped memory, one for each process.
 */
#pragma once

#include <stdint.h>

#include "capability.h"

/** A piece. Private to blocks.c, but for what the functions tell. */
struct block;

void blocks_init(void);
struct block *block_take(uint64_t pages, unsigned reserve);
void block_give_back(struct block *block);
slot block_slot(const struct block *block);
uint64_t blocks_free(uint64_t *count);
