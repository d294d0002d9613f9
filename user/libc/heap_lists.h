/**
 * @file
 * The heap's own: lists of free blocks.
 */
#pragma once

#include "heap_blocks.h"

void heap_lists_clear(void);
void heap_lists_add(struct block *block);
void heap_lists_remove(struct block *block);
struct block *heap_lists_find(uint32_t units);
