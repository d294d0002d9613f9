/*
 * exercise: pipe
 * test: pipe-write
 * says: sleeps in the wrong queue
 * mistake: Sleeps among the readers, who wake each other.
 */
int pipe_write(struct pipe *pipe, const void *from, size_t size, size_t *done)
{
    while (pipe->has_reader && PIPE_SIZE - pipe->count < size) {
        if (!worker_sleep(&pipe->readers)) {
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
