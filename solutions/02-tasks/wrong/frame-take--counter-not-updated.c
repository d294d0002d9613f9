/*
 * exercise: frame-take
 * test: frames-take
 * says: handed out .* and then frames\.free_count is wrong
 * mistake: The bits are cleared and free_count is forgotten. Nothing in the kernel reads the
 *   counter while it runs, so everything seems to work.
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
    for (size_t i = 0; i < count; i++) {
        bitmap_clear(frames.bitmap, first + i);
    }
    *address = first * FRAME_SIZE;
    return ERROR_NONE;
}
