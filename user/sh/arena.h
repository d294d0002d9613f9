/**
 * @file
 * Memory that is taken in pieces and given back all at once: what belongs to one command.
 *
 * All 0: an arena that has nothing.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct arena_chunk;

/** Where pieces come from. */
struct arena {
    struct arena_chunk *chunks; /**< the one that pieces are taken of first */
};

void *arena_take(struct arena *arena, size_t size);
char *arena_copy(struct arena *arena, const char *bytes, size_t length);
void arena_free(struct arena *arena);
