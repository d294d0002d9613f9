/**
 * @file
 * The heap's own: blocks. The heap is a row of blocks, each used or free, up to its top; what is
 * above has never been used, or not since. See heap_blocks.c.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HEAP_UNIT 16u /**< what blocks are counted in, bytes: the header, and the alignment */

/** A block's header. What the program has of it follows. */
struct block {
    uint32_t units;    /**< of this block, with its header: at least BLOCK_UNITS_MIN */
    uint32_t previous; /**< of the block before it; 0: there is none */
    uint32_t state;    /**< enum block_state */
    uint32_t check;    /**< made of all that, and of where it stands */
};

_Static_assert(sizeof(struct block) == HEAP_UNIT, "so what follows it is aligned");

#define BLOCK_UNITS_MIN 2u /**< a header, and what links free blocks */

/** States: no numbers that stand in memory by chance. */
enum block_state { BLOCK_USED = 0x75736564, BLOCK_FREE = 0x66726565 };

struct block *heap_take(uint32_t units);
void heap_give(struct block *block);
bool heap_grow(struct block *block, uint32_t units);
void heap_shrink(struct block *block, uint32_t units);
struct block *heap_block_of(void *memory);
bool heap_is_free(const struct block *block);
