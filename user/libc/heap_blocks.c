/**
 * @file
 * The heap: taking, giving back, joining and dividing blocks.
 *
 * Blocks stand in a row, without gaps, and know the size of the one before (Knuth's boundary tags,
 * The Art of Computer Programming, volume 1, 2.5); so one that is given back is joined with its
 * neighbours at once, and no two free blocks stand side by side. The last one is never free: it
 * goes back to what is above the top. Where a new block comes from: the free block that fits
 * (heap_lists.c), else from above the top. So pages are touched only when they are needed.
 *
 * Every header has a check word. One that is wrong has been written over by the program, who has
 * written behind the end of the block before; that ends the program before worse comes of it.
 */
#include "heap_blocks.h"

#include <stdlib.h>

#include "fatal.h"
#include "heap.h"
#include "heap_lists.h"

static char *heap_start, *heap_top, *heap_end;
static uint32_t last_units; /* of the block below the top; 0: there is none */

/** Says where the heap is; see heap.h. */
void heap_use(void *start, size_t size)
{
    heap_start = heap_top = heap_end = start;
    if (start != NULL) {
        heap_end += size / HEAP_UNIT * HEAP_UNIT;
    }
    last_units = 0;
    heap_lists_clear();
}

static struct block *at(const void *place, int64_t units)
{
    return (struct block *)((char *)place + units * (int64_t)HEAP_UNIT);
}

static uint32_t make_check(const struct block *block)
{
    uint32_t sum = block->units * 0x9E3779B1u + block->previous * 0x85EBCA77u + block->state;

    return sum ^ (uint32_t)((uintptr_t)block / HEAP_UNIT) ^ 0x4D69636Bu;
}

static void write_header(struct block *block, uint32_t units, uint32_t previous, uint32_t state)
{
    *block = (struct block){units, previous, state, 0};
    block->check = make_check(block);
}

/** Ends the program unless a header is as it was left. */
static void check(const struct block *block)
{
    if (block->check != make_check(block)) {
        fatal("heap: memory was written to behind its end\n");
    }
}

/** @return the block behind one; NULL: there is none */
static struct block *next_of(struct block *block)
{
    struct block *next = at(block, block->units);

    if ((char *)next == heap_top) {
        return NULL;
    }
    check(next);
    return next;
}

/** @return the block before one, if it is free; else NULL */
static struct block *free_before(struct block *block)
{
    struct block *previous = at(block, -(int64_t)block->previous);

    if (block->previous == 0) {
        return NULL;
    }
    check(previous);
    return previous->state == BLOCK_FREE ? previous : NULL;
}

/** Makes a block of some size, and tells the one behind it. It is in no list. */
static void set_block(struct block *block, uint32_t units, uint32_t state)
{
    struct block *next;

    write_header(block, units, block->previous, state);
    next = next_of(block);
    if (next != NULL) {
        write_header(next, next->units, units, next->state);
    } else {
        last_units = units;
    }
}

/** Takes so many units from above the top. @return NULL: so many are not there */
static struct block *take_above(uint32_t units)
{
    struct block *block = (struct block *)heap_top;

    if (units > (size_t)(heap_end - heap_top) / HEAP_UNIT) {
        return NULL;
    }
    heap_top += (size_t)units * HEAP_UNIT;
    write_header(block, units, last_units, BLOCK_USED);
    last_units = units;
    return block;
}

/**
 * Takes a block.
 *
 * @param units  at least so many, BLOCK_UNITS_MIN or more
 * @return the block, used; NULL: there is no room
 */
struct block *heap_take(uint32_t units)
{
    struct block *block = heap_lists_find(units);

    if (block == NULL) {
        return take_above(units);
    }
    check(block);
    heap_lists_remove(block);
    set_block(block, block->units, BLOCK_USED);
    heap_shrink(block, units);
    return block;
}

/**
 * Gives a block back, joined with its neighbours.
 *
 * @param block  used, from heap_block_of()
 */
void heap_give(struct block *block)
{
    struct block *next = next_of(block), *previous = free_before(block);
    uint32_t units = block->units;

    write_header(block, units, block->previous, BLOCK_FREE); /* stays, for who frees it again */
    if (next != NULL && next->state == BLOCK_FREE) {
        heap_lists_remove(next);
        units += next->units;
    }
    if (previous != NULL) {
        heap_lists_remove(previous);
        units += previous->units;
        block = previous;
    }
    if ((char *)at(block, units) == heap_top) {
        heap_top = (char *)block;
        last_units = block->previous;
    } else {
        set_block(block, units, BLOCK_FREE);
        heap_lists_add(block);
    }
}

/**
 * Makes a block larger where it stands.
 *
 * @param block  used
 * @param units  more than it has
 * @return false: what is behind it is used, or too small; nothing has changed
 */
bool heap_grow(struct block *block, uint32_t units)
{
    struct block *next = next_of(block);

    if (next == NULL) {
        if (take_above(units - block->units) == NULL) {
            return false;
        }
        set_block(block, units, BLOCK_USED);
        return true;
    }
    if (next->state != BLOCK_FREE || block->units + next->units < units) {
        return false;
    }
    heap_lists_remove(next);
    set_block(block, block->units + next->units, BLOCK_USED);
    heap_shrink(block, units);
    return true;
}

/**
 * Gives back what a block has too much, if that is enough for a block.
 *
 * @param block  used
 * @param units  what it needs, BLOCK_UNITS_MIN to what it has
 */
void heap_shrink(struct block *block, uint32_t units)
{
    struct block *rest = at(block, units);
    uint32_t rest_units = block->units - units;

    if (rest_units >= BLOCK_UNITS_MIN) {
        write_header(block, units, block->previous, BLOCK_USED);
        write_header(rest, rest_units, units, BLOCK_USED);
        set_block(rest, rest_units, BLOCK_USED);
        heap_give(rest);
    }
}

/** @return whether a block stands where one can be: in the heap, and at a multiple of 16 */
static bool is_in_heap(const struct block *block)
{
    return (uintptr_t)block % HEAP_UNIT == 0 && (const char *)block >= heap_start &&
           (const char *)block < heap_end;
}

/** @return whether there is a free block at any address */
bool heap_is_free(const struct block *block)
{
    return is_in_heap(block) && block->state == BLOCK_FREE && block->check == make_check(block);
}

/**
 * Finds the block that somebody has. Ends the program when it is none, or is free.
 *
 * @param memory  what somebody claims to have from malloc()
 * @return its block
 */
struct block *heap_block_of(void *memory)
{
    struct block *block = at(memory, -1);

    if (!is_in_heap(block)) {
        fatal("heap: what is freed is no memory from malloc()\n");
    }
    if (heap_is_free(block)) {
        fatal("heap: memory was freed twice\n");
    }
    check(block);
    return block;
}
