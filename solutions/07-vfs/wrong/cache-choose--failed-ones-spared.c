/*
 * exercise: cache-choose
 * test: cache-choose
 * says: chooses the wrong buffer
 * mistake: Passes over what could not be written: if the disk fails, no place is left in the
 * end.
 */
struct buffer *cache_choose(struct buffer *oldest)
{
    struct buffer *changed = NULL;
    unsigned looked = 0;

    for (struct buffer *buffer = oldest; buffer != NULL && looked < CACHE_LOOK;
         buffer = buffer->newer) {
        if (buffer->references > 0 || buffer->is_busy || buffer->has_failed) {
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
