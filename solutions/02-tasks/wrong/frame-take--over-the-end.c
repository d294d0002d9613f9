/*
 * exercise: frame-take
 * test: frames-take
 * says: past the last one|ERROR_NO_MEMORY
 * mistake: Checks that the run begins below the limit, and not that it ends there. Behind the
 *   bitmap's last bit stands whatever the rest of its page holds: a run may reach into memory
 *   that does not exist.
 */
enum error frame_take_run(size_t count, size_t alignment, uint64_t *address)
{
    size_t first = 0;
    size_t length = 0;

    if (count == 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    while (length < count) {
        if (first >= frames.limit) {
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
