/**
 * @file
 * Pipes: what stands in one, and reading.
 */
#include "pipe.h"

#include <errno.h>
#include <string.h>

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/**
 * Adds bytes behind those that are in a pipe.
 *
 * @param size  at most as many as there is room for
 */
void pipe_put(struct pipe *pipe, const uint8_t *from, size_t size)
{
    size_t end = (pipe->first + pipe->count) % PIPE_SIZE;
    size_t straight = least(size, PIPE_SIZE - end);

    memcpy(pipe->bytes + end, from, straight);
    memcpy(pipe->bytes, from + straight, size - straight);
    pipe->count += size;
}

/**
 * Takes the bytes out of a pipe that have been in it longest.
 *
 * @param size  at most as many as there are
 */
void pipe_take(struct pipe *pipe, uint8_t *to, size_t size)
{
    size_t straight = least(size, PIPE_SIZE - pipe->first);

    memcpy(to, pipe->bytes + pipe->first, straight);
    memcpy(to + straight, pipe->bytes, size - straight);
    pipe->first = (pipe->first + size) % PIPE_SIZE;
    pipe->count -= size;
}

/**
 * Reads from a pipe: what there is, but waits when there is nothing.
 *
 * @param pipe  which
 * @param to    gets the bytes
 * @param size  how many at most; 0: none, and no waiting
 * @param done  set to how many; 0 with `size` above 0: the end, nobody can write any more
 * @return 0; EINTR: the client has ended
 */
int pipe_read(struct pipe *pipe, void *to, size_t size, size_t *done)
{
    while (size > 0 && pipe->count == 0 && pipe->has_writer) {
        if (!worker_sleep(&pipe->readers)) {
            return EINTR;
        }
    }
    *done = least(size, pipe->count);
    pipe_take(pipe, to, *done);
    worker_wake_all(&pipe->writers);
    return 0;
}
