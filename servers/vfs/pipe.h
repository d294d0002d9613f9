/**
 * @file
 * Pipes: bytes that one writes and another one reads, in order.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "worker.h"

#define PIPE_SIZE 8192u /**< bytes that it can hold */

/** A pipe. It is free when it has neither end. */
struct pipe {
    bool has_reader, has_writer; /**< whether anybody has this end open; by pipe_file.c */
    size_t first;                /**< index of the byte that is read next */
    size_t count;                /**< bytes in it */
    struct wait_queue readers;   /**< wait for bytes, or for the writing end to be closed */
    struct wait_queue writers;   /**< wait for room, or for the reading end to be closed */
    uint8_t bytes[PIPE_SIZE];    /**< a ring */
};

int pipe_read(struct pipe *pipe, void *to, size_t size, size_t *done);
int pipe_write(struct pipe *pipe, const void *from, size_t size, size_t *done);
void pipe_put(struct pipe *pipe, const uint8_t *from, size_t size);
void pipe_take(struct pipe *pipe, uint8_t *to, size_t size);
