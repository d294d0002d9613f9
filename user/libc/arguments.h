/**
 * @file
 * The C library's own: the block of memory in which a program finds its arguments and its
 * environment.
 *
 * Whoever starts a program writes the block (spawn.c), the new program reads it (start.c): both are
 * programs of somebody, so the new one checks every number before it uses it.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/** The block. Offsets are in bytes from its beginning. */
struct arguments {
    uint64_t size;           /**< of the block, in bytes */
    uint64_t argument_count; /**< argc */
    uint64_t variable_count;
    uint64_t texts[]; /**< offsets of the arguments, 0, of the environment's variables, 0; then the
                           texts, each ends with NUL. The reader makes pointers of the offsets */
};

/** What a block is made from. */
struct argument_lists {
    const char *const *prefix; /**< arguments before those of argv */
    size_t prefix_count;
    char *const *argv; /**< ends with NULL, as envp does */
    char *const *envp;
};

size_t arguments_size(const struct argument_lists *lists, size_t most);
void arguments_write(struct arguments *block, const struct argument_lists *lists);
int arguments_read(void *memory, size_t most, char ***argv, char ***envp);
