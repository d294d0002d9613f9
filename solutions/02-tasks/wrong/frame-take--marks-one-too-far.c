/*
 * exercise: frame-take
 * test: frames-take
 * says: expected: frame \d+ not free
 * mistake: Counts from 1 to count where the bits are cleared: the run's first frame stays free
 *   and the frame behind it is taken. The next caller gets the same first frame once more.
 */
enum error frame_take_run(size_t count, size_t alignment, uint64_t *address)
{
    size_t first = 0;
    size_t length = 0;

    if (count == 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) {
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
    for (size_t i = 1; i <= count; i++) {
        bitmap_clear(frames.bitmap, first + i);
    }
    frames.free_count -= count;
    *address = first * FRAME_SIZE;
    return ERROR_NONE;
}
