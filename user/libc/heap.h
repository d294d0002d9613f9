/**
 * @file
 * The memory that malloc() gives out.
 */
#pragma once

#include <stddef.h>

/**
 * Says where the heap is, before it is used for the first time. Without this it is what programs
 * from the disk have: INIT_HEAP_PAGES at INIT_HEAP_START (user/init/session_proto.h). A boot
 * program has as much as its `heap N` says.
 *
 * @param start  a multiple of 16; NULL: there is none
 * @param size   in bytes
 */
void heap_use(void *start, size_t size);
