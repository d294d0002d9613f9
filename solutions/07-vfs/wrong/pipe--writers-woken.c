/*
 * exercise: pipe
 * test: pipe-write
 * says: leaves the readers asleep
 * mistake: Wakes the writers, for whom nothing has changed.
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
    worker_wake_all(&pipe->writers);
    *done = size;
    return 0;
}
