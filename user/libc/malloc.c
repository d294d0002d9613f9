/**
 * @file
 * Memory for programs (ISO C11 7.22.3). The blocks that it is made of: heap_blocks.c.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "heap_blocks.h"

/** @return units of a block for so many bytes; 0: no block is so large */
static uint32_t units_for(size_t size)
{
    size_t units = size / HEAP_UNIT + (size % HEAP_UNIT != 0 ? 1 : 0) + 1;

    if (units > UINT32_MAX / 2) {
        return 0;
    }
    return units < BLOCK_UNITS_MIN ? BLOCK_UNITS_MIN : (uint32_t)units;
}

/** @return bytes that the program has of a block */
static size_t bytes_of(const struct block *block)
{
    return (size_t)(block->units - 1) * HEAP_UNIT;
}

/**
 * @param size  in bytes; of 0 there is one, too, so that each has an address of its own
 * @return memory, at a multiple of 16, with anything in it; NULL: errno ENOMEM
 */
void *malloc(size_t size)
{
    uint32_t units = units_for(size);
    struct block *block = units != 0 ? heap_take(units) : NULL;

    if (block == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    return block + 1;
}

/**
 * Gives memory back.
 *
 * @param memory  from malloc() and so on, not given back yet; or NULL
 */
void free(void *memory)
{
    if (memory != NULL) {
        heap_give(heap_block_of(memory));
    }
}

/** @return memory for so many items of a size, all 0; NULL: errno ENOMEM, also when the product is
 * too large for a size_t */
void *calloc(size_t count, size_t size)
{
    void *memory = reallocarray(NULL, count, size);

    return memory == NULL ? NULL : memset(memory, 0, count * size);
}

/** Moves memory to a place where it can be larger. */
static void *move(void *memory, size_t old_size, size_t size)
{
    void *moved = malloc(size);

    if (moved != NULL) {
        memcpy(moved, memory, old_size);
        free(memory);
    }
    return moved;
}

/**
 * Makes memory larger or smaller.
 *
 * @param memory  from malloc() and so on, or NULL
 * @param size    in bytes; 0 as with malloc()
 * @return where it is now, with what was in it as far as it fits; NULL, errno ENOMEM: `memory` is
 *         as it was
 */
void *realloc(void *memory, size_t size)
{
    uint32_t units = units_for(size);
    struct block *block;

    if (memory == NULL || units == 0) {
        return malloc(size);
    }
    block = heap_block_of(memory);
    if (units <= block->units) {
        heap_shrink(block, units);
        return memory;
    }
    return heap_grow(block, units) ? memory : move(memory, bytes_of(block), size);
}

/** The same as realloc(memory, count * size); NULL, errno ENOMEM, also when that is too large for a
 * size_t (IEEE 1003.1-2024). */
void *reallocarray(void *memory, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(memory, count * size);
}
