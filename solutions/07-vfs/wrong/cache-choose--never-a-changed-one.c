/*
 * exercise: cache-choose
 * test: cache-choose
 * says: chooses the wrong buffer
 * mistake: Has none to give when all are changed.
 */
struct buffer *cache_choose(struct buffer *oldest)
{
    unsigned looked = 0;

    for (struct buffer *buffer = oldest; buffer != NULL && looked < CACHE_LOOK;
         buffer = buffer->newer) {
        if (buffer->references > 0 || buffer->is_busy) {
            continue;
        }
        if (!buffer->is_changed) {
            return buffer;
        }
        looked++;
    }
    return NULL;
}
