/*
 * exercise: pipe
 * test: pipe-write
 * says: returns the wrong error|wrong number of bytes
 * mistake: Sleeps once, and takes it that there is room then: somebody else may have been faster.
 */
int pipe_write(struct pipe *pipe, const void *from, size_t size, size_t *done)
{
    if (pipe->has_reader && PIPE_SIZE - pipe->count < size) {
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
