/*
 * exercise: pipe
 * test: pipe-write
 * says: returns the wrong error|sets `\*done` wrongly|sleeps although|wrong number of bytes
 * mistake: Writes as much as there is room for: bytes of another writer come in between.
 */
int pipe_write(struct pipe *pipe, const void *from, size_t size, size_t *done)
{
    while (pipe->has_reader && PIPE_SIZE == pipe->count && size > 0) {
        if (!worker_sleep(&pipe->writers)) {
            return EINTR;
        }
    }
    if (!pipe->has_reader) {
        return EPIPE;
    }
    if (size > PIPE_SIZE - pipe->count) {
        size = PIPE_SIZE - pipe->count;
    }
    pipe_put(pipe, from, size);
    worker_wake_all(&pipe->readers);
    *done = size;
    return 0;
}
