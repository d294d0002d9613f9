/*
 * exercise: pipe
 * test: pipe-write
 * says: nobody waits for it any more
 * mistake: Sleeps again when it was told that nobody waits any more.
 */
int pipe_write(struct pipe *pipe, const void *from, size_t size, size_t *done)
{
    while (pipe->has_reader && PIPE_SIZE - pipe->count < size) {
        (void)worker_sleep(&pipe->writers);
    }
    if (!pipe->has_reader) {
        return EPIPE;
    }
    pipe_put(pipe, from, size);
    worker_wake_all(&pipe->readers);
    *done = size;
    return 0;
}
