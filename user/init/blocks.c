/**
 * @file
 * Blocks: the memory of the machine in pieces, as untyped capabilities.
 *
 * Untyped memory hands out its bytes one behind the other, and all are free again only when nothing
 * is left that was made of it. So each process gets a piece of its own, whose end is simple: revoke
 * it. The pieces form a tree: one that is larger than what is wanted is split in two, as large as
 * wanted and the rest, which are made of it as untyped capabilities. When both are free again, they
 * go, and the whole is free as it was.
 *
 * A block is unused (pages 0), free, split or taken. Only leaves of the tree are free or taken.
 */
#include "blocks.h"

#include <stdbool.h>
#include <stddef.h>

#include "memory.h"
#include "places.h"

#define SMALLEST 16u    /* pages: what is less is not worth a split */
#define ROOM_PAGES 512u /* in one piece: most programs find room there */

/** What a block is used for. */
enum block_state { BLOCK_FREE, BLOCK_SPLIT, BLOCK_TAKEN };

struct block {
    uint64_t pages; /**< 0: the record is unused, and its slot is empty */
    enum block_state state;
    struct block *whole;    /**< NULL: this is all there is of some memory */
    struct block *parts[2]; /**< of a split one */
};

static struct block blocks[BLOCKS_MAX];
static struct block *blocks_end = blocks; /* the records from here on are unused */

/** @return the untyped capability of a block */
slot block_slot(const struct block *block)
{
    return place_slot(PLACE_BLOCKS + (uint64_t)(block - blocks));
}

/** @return a record that is unused; NULL: none is */
static struct block *find_unused(void)
{
    struct block *block = blocks;

    while (block < blocks_end && block->pages != 0) {
        block++;
    }
    return block == blocks + BLOCKS_MAX ? NULL : block;
}

/** Makes a block of untyped memory. @return NULL when there is no record or no memory for it */
static struct block *make(slot from, uint64_t pages, struct block *whole)
{
    struct block *block = find_unused();

    if (pages == 0 || block == NULL ||
        untyped_retype(from, OBJECT(OBJECT_UNTYPED, pages), block_slot(block)) != ERROR_NONE) {
        return NULL;
    }
    *block = (struct block){.pages = pages, .whole = whole};
    if (block == blocks_end) {
        blocks_end++;
    }
    return block;
}

static void discard(struct block *block)
{
    slot_delete(block_slot(block));
    *block = (struct block){0};
    while (blocks_end > blocks && blocks_end[-1].pages == 0) {
        blocks_end--;
    }
}

/**
 * Takes all memory that the kernel has left. Of each piece one block is made, since the root task
 * itself stands in the first one, which therefore cannot be revoked.
 */
void blocks_init(void)
{
    for (uint64_t i = 0; i < root_info()->untyped_count; i++) {
        slot from = {ROOT_SLOT_UNTYPED + i};

        make(from, slot_read(from, SLOT_READ_SIZE).value / PAGE_SIZE, NULL);
    }
}

/** Splits a block, if that is worth it. @return the part with so many pages, or all of it */
static struct block *split(struct block *block, uint64_t pages)
{
    struct block *part, *rest;

    if (block->pages < pages + SMALLEST) {
        return block;
    }
    part = make(block_slot(block), pages, block);
    if (part == NULL) {
        return block;
    }
    rest = make(block_slot(block), block->pages - pages, block);
    if (rest == NULL) {
        discard(part);
        return block;
    }
    block->state = BLOCK_SPLIT;
    block->parts[0] = part;
    block->parts[1] = rest;
    return part;
}

/** @return whether there is room for so many programs when pages are taken from a free block */
static bool leaves_rooms(const struct block *best, uint64_t pages, uint64_t rooms)
{
    uint64_t left = (best->pages - pages) / ROOM_PAGES;

    for (const struct block *block = blocks; left < rooms && block < blocks_end; block++) {
        if (block->state == BLOCK_FREE && block != best) {
            left += block->pages / ROOM_PAGES;
        }
    }
    return left >= rooms;
}

/**
 * Takes memory.
 *
 * @param pages    at least so many, not 0
 * @param reserve  what is to be left: so many RESERVE_PARTs of the memory
 * @return a block that is not in use; NULL when none is large enough, or too little would be left
 */
struct block *block_take(uint64_t pages, unsigned reserve)
{
    uint64_t rooms = reserve * (root_info()->memory_total / PAGE_SIZE / RESERVE_PART / ROOM_PAGES);
    uint64_t wanted = (pages + SMALLEST - 1) / SMALLEST * SMALLEST;
    struct block *best = NULL;

    for (struct block *block = blocks; block < blocks_end; block++) {
        if (block->state == BLOCK_FREE && block->pages >= wanted &&
            (best == NULL || block->pages < best->pages)) {
            best = block;
        }
    }
    if (best == NULL || !leaves_rooms(best, wanted, rooms)) {
        return NULL;
    }
    best = split(best, wanted);
    best->state = BLOCK_TAKEN;
    return best;
}

/**
 * Gives a block back, with everything that was made of it.
 *
 * @param block  taken; it may be gone afterwards
 */
void block_give_back(struct block *block)
{
    struct block *whole = block->whole;

    slot_revoke(block_slot(block));
    block->state = BLOCK_FREE;
    while (whole != NULL && whole->parts[0]->state == BLOCK_FREE &&
           whole->parts[1]->state == BLOCK_FREE) {
        discard(whole->parts[0]);
        discard(whole->parts[1]);
        whole->state = BLOCK_FREE;
        whole = whole->whole;
    }
}

/**
 * @param count  set to the number of free blocks
 * @return how much memory is not in use, in bytes, as the kernel says
 */
uint64_t blocks_free(uint64_t *count)
{
    uint64_t bytes = 0;

    *count = 0;
    for (struct block *block = blocks; block < blocks_end; block++) {
        if (block->pages != 0 && block->state == BLOCK_FREE) {
            bytes += slot_read(block_slot(block), SLOT_READ_SIZE).value;
            (*count)++;
        }
    }
    return bytes;
}
