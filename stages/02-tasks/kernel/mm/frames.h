/**
 * @file
 * Frames: physical memory by the page.
 */
#pragma once

#include "abi/error.h"
#include "arch/paging.h"
#include "lib/bitmap.h"
#include "mm/memory.h"

#define FRAME_SIZE PAGE_SIZE

/** The frame allocator's state. Everything in it is written by frames.c alone. */
struct frame_allocator {
    uint64_t *bitmap;  /**< a bit for each frame: 1 = free. Frame n begins at n * FRAME_SIZE */
    size_t limit;      /**< frames that the bitmap knows: 0 to limit - 1 */
    size_t free_count; /**< how many bits are set */
    size_t total;      /**< frames that can be handed out when none is in use */
};

/** All frames of the machine. */
extern struct frame_allocator frames;

/** @return the words that a bitmap of so many bits takes */
static inline size_t bitmap_words(size_t bits)
{
    return (bits + BITMAP_WORD_BITS - 1) / BITMAP_WORD_BITS;
}

enum error frame_take_run(size_t count, size_t alignment, uint64_t *address);
enum error frame_release_run(uint64_t address, size_t count);

bool memory_map_holds(const struct memory_map *map, uint64_t start, uint64_t end);
