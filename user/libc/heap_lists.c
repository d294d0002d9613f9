/**
 * @file
 * Lists of free blocks: one for each power of two. List n has blocks of 2^n to 2^(n+1) - 1 units;
 * the links stand in the blocks, behind the header.
 */
#include "heap_lists.h"

#include "fatal.h"

/** A free block. */
struct free_block {
    struct block block;
    struct free_block *next, *previous; /**< NULL: the list ends, or begins here */
};

_Static_assert(sizeof(struct free_block) == BLOCK_UNITS_MIN * HEAP_UNIT, "fits in the least block");

#define LISTS 32

static struct free_block *lists[LISTS];

/** @return the list that blocks of a size are in */
static unsigned list_of(uint32_t units)
{
    return 31 - (unsigned)__builtin_clz(units);
}

/** Forgets all free blocks. */
void heap_lists_clear(void)
{
    for (unsigned i = 0; i < LISTS; i++) {
        lists[i] = NULL;
    }
}

/** Adds a block, which is free. */
void heap_lists_add(struct block *block)
{
    struct free_block *added = (struct free_block *)block;
    struct free_block **list = &lists[list_of(block->units)];

    added->next = *list;
    added->previous = NULL;
    if (*list != NULL) {
        (*list)->previous = added;
    }
    *list = added;
}

/** @return what leads to a block: the one before it, or its list */
static struct free_block **link_to(const struct free_block *block)
{
    return block->previous != NULL ? &block->previous->next : &lists[list_of(block->block.units)];
}

/** Whether a block's neighbours in the list are free blocks, and know it. */
static bool is_linked(const struct free_block *block)
{
    const struct free_block *next = block->next, *previous = block->previous;

    return (previous == NULL || heap_is_free(&previous->block)) &&
           (next == NULL || heap_is_free(&next->block)) && *link_to(block) == block &&
           (next == NULL || next->previous == block);
}

/** Removes a block, which has been added. Ends the program when its links are not as they were. */
void heap_lists_remove(struct block *block)
{
    struct free_block *removed = (struct free_block *)block;

    if (!is_linked(removed)) {
        fatal("heap: memory was written to after it was freed\n");
    }
    *link_to(removed) = removed->next;
    if (removed->next != NULL) {
        removed->next->previous = removed->previous;
    }
}

/**
 * Finds a free block.
 *
 * @param units  at least so many
 * @return the first that fits: in the list for this size, else one that is larger in any case;
 *         NULL: there is none
 */
struct block *heap_lists_find(uint32_t units)
{
    for (unsigned i = list_of(units); i < LISTS; i++) {
        for (struct free_block *each = lists[i]; each != NULL; each = each->next) {
            if (!is_linked(each) || each->block.units >= units) { /* removing it tells */
                return &each->block;
            }
        }
    }
    return NULL;
}
