/*
 * exercise: pipe
 * test: pipe-write
 * says: there is no reader any more
 * mistake: Asks for the reader once, before it sleeps.
 */
int pipe_write(struct pipe *pipe, const void *from, size_t size, size_t *done)
{
    if (!pipe->has_reader) {
        return EPIPE;
    }
    while (PIPE_SIZE - pipe->count < size) {
        if (!worker_sleep(&pipe->writers)) {
            return EINTR;
        }
    }
    pipe_put(pipe, from, size);
    worker_wake_all(&pipe->readers);
    *done = size;
    return 0;
}
