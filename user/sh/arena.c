/**
 * @file
 * Memory that is given back all at once: see arena.h.
 */
#include "arena.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE 1000u /* with what malloc() adds, four of them are a page */
#define ALIGNMENT sizeof(void *)

/** A block of memory. */
struct arena_chunk {
    struct arena_chunk *next;
    size_t used, size; /**< of `bytes` */
    _Alignas(void *) char bytes[];
};

static struct arena_chunk *add_chunk(struct arena *arena, size_t size)
{
    size_t room = size > CHUNK_SIZE ? size : CHUNK_SIZE;
    struct arena_chunk *chunk = malloc(sizeof(*chunk) + room);

    if (chunk != NULL) {
        chunk->next = arena->chunks;
        chunk->used = 0;
        chunk->size = room;
        arena->chunks = chunk;
    }
    return chunk;
}

/**
 * Takes a piece.
 *
 * @param arena  where
 * @param size   in bytes
 * @return the piece, all 0, aligned for pointers; NULL: there is no memory
 */
void *arena_take(struct arena *arena, size_t size)
{
    size_t whole = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct arena_chunk *chunk = arena->chunks;
    char *piece;

    if (chunk == NULL || chunk->size - chunk->used < whole) {
        chunk = add_chunk(arena, whole);
    }
    if (chunk == NULL) {
        return NULL;
    }
    piece = chunk->bytes + chunk->used;
    chunk->used += whole;
    memset(piece, 0, whole);
    return piece;
}

/** Copies bytes into a piece. @return it, with a NUL behind; NULL: there is no memory */
char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = arena_take(arena, length + 1);

    if (copy != NULL && length != 0) {
        memcpy(copy, bytes, length);
    }
    return copy;
}

/** Gives all pieces back. */
void arena_free(struct arena *arena)
{
    while (arena->chunks != NULL) {
        struct arena_chunk *chunk = arena->chunks;

        arena->chunks = chunk->next;
        free(chunk);
    }
}
