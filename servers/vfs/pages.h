/**
 * @file
 * Pages of memory, for what the server keeps for others: files in memory, texts.
 */
#pragma once

#include <stddef.h>

#define PAGE_BYTES 4096u
#define PAGES_MAX 1280u /**< 5 MB */

void *page_take(void);
void page_give(void *page);
size_t pages_free(void);
