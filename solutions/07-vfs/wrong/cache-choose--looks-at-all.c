/*
 * exercise: cache-choose
 * test: cache-choose
 * says: chooses the wrong buffer
 * mistake: Looks for one that is not changed up to the newest: what was read last is thrown away
 *   first.
 */
struct buffer *cache_choose(struct buffer *oldest)
{
    struct buffer *changed = NULL;
    unsigned looked = 0;

    for (struct buffer *buffer = oldest; buffer != NULL; buffer = buffer->newer) {
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
