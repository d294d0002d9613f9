/*
 * exercise: pipe
 * test: pipe-write
 * says: leaves the readers asleep
 * mistake: Looks before it sleeps whether readers may wait: they may have begun to meanwhile.
 */
int pipe_write(struct pipe *pipe, const void *from, size_t size, size_t *done)
{
    bool was_empty = pipe->count == 0;

    while (pipe->has_reader && PIPE_SIZE - pipe->count < size) {
        if (!worker_sleep(&pipe->writers)) {
            return EINTR;
        }
    }
    if (!pipe->has_reader) {
        return EPIPE;
    }
    pipe_put(pipe, from, size);
    if (was_empty) {
        worker_wake_all(&pipe->readers);
    }
    *done = size;
    return 0;
}
