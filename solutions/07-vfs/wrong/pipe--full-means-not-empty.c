/*
 * exercise: pipe
 * test: pipe-write
 * says: sleeps although there is room
 * mistake: Waits until the pipe is empty.
 */
int pipe_write(struct pipe *pipe, const void *from, size_t size, size_t *done)
{
    while (pipe->has_reader && pipe->count > 0) {
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
