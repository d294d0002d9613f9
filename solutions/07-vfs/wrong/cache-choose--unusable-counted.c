/*
 * exercise: cache-choose
 * test: cache-choose
 * says: chooses the wrong buffer
 * mistake: Counts the buffers that are in use, too.
 */
struct buffer *cache_choose(struct buffer *oldest)
{
    struct buffer *changed = NULL;
    unsigned looked = 0;

    for (struct buffer *buffer = oldest; buffer != NULL && looked < CACHE_LOOK;
         buffer = buffer->newer) {
        looked++;
        if (buffer->references > 0 || buffer->is_busy) {
            continue;
        }
        if (!buffer->is_changed) {
            return buffer;
        }
        if (changed == NULL) {
            changed = buffer;
        }
    }
    return changed;
}
