/*
 * exercise: cache-choose
 * test: cache-choose
 * says: chooses the wrong buffer
 * mistake: Takes the oldest usable buffer, changed or not: each read waits for a write.
 */
struct buffer *cache_choose(struct buffer *oldest)
{
    struct buffer *changed = NULL;
    unsigned looked = 0;

    for (struct buffer *buffer = oldest; buffer != NULL && looked < CACHE_LOOK;
         buffer = buffer->newer) {
        if (buffer->references > 0 || buffer->is_busy) {
            continue;
        }
        (void)changed;
        (void)looked;
        return buffer;
    }
    return changed;
}
