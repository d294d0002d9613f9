/*
 * exercise: cache-choose
 * test: cache-choose
 * says: chooses the wrong buffer
 * mistake: Stops one buffer too early.
 */
struct buffer *cache_choose(struct buffer *oldest)
{
    struct buffer *changed = NULL;
    unsigned looked = 0;

    for (struct buffer *buffer = oldest; buffer != NULL && looked + 1 < CACHE_LOOK;
         buffer = buffer->newer) {
        if (buffer->references > 0 || buffer->is_busy) {
            continue;
        }
        if (!buffer->is_changed) {
            return buffer;
        }
        if (changed == NULL) {
            changed = buffer;
        }
        looked++;
    }
    return changed;
}
