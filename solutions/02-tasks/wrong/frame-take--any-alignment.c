/*
 * exercise: frame-take
 * test: frames-take
 * says: the alignment is no power of two
 * mistake: Refuses a count and an alignment of 0 and forgets that an alignment has to be a power
 *   of two: with 3 or 12 the masks make a number out of it that is a multiple of nothing.
 */
enum error frame_take_run(size_t count, size_t alignment, uint64_t *address)
{
    size_t first = 0;
    size_t length = 0;

    if (count == 0 || alignment == 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    while (length < count) {
        if (first >= frames.limit || count > frames.limit - first) {
            return ERROR_NO_MEMORY;
        }
        if (bitmap_test(frames.bitmap, first + length)) {
            length++;
        } else {
            first = (first + length + alignment) & ~(alignment - 1);
            length = 0;
        }
    }
    for (size_t i = 0; i < count; i++) {
        bitmap_clear(frames.bitmap, first + i);
    }
    frames.free_count -= count;
    *address = first * FRAME_SIZE;
    return ERROR_NONE;
}
