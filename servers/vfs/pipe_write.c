/**
 * @file
 * Writing into a pipe.
 */
#include <errno.h>

#include "pipe.h"

/**
 * Writes into a pipe, all or nothing: the bytes stand there one behind the other, whoever else
 * writes at the same time (IEEE 1003.1, write: requests of PIPE_BUF bytes or less). When there is
 * no room for all of them the running worker sleeps among the pipe's `writers` until there is:
 * whoever reads wakes them all, and each has to look again. Whoever waits among the `readers` is
 * woken when the bytes are there.
 *
 * While the worker sleeps the reading end may be closed, which wakes the writers, too.
 *
 * @param pipe  which
 * @param from  the bytes
 * @param size  0 to PIPE_SIZE; 0 changes nothing and does not wait
 * @param done  set to `size` when 0 is returned, else left as it is
 * @return 0; EPIPE: the pipe has no reader, also when there would be room; EINTR: worker_sleep()
 *         has told that nobody waits for this any more. The pipe is unchanged with both
 */
int pipe_write(struct pipe *pipe, const void *from, size_t size, size_t *done)
{
    while (pipe->has_reader && PIPE_SIZE - pipe->count < size) {
        if (!worker_sleep(&pipe->writers)) {
            return EINTR;
        }
    }
    if (!pipe->has_reader) {
        return EPIPE;
    }
    pipe_put(pipe, from, size);
    worker_wake_all(&pipe->readers);
    *done = size;
    return 0;
}
