/*
 * exercise: frame-take
 * test: frames-take
 * says: \d+ is no multiple of \d+
 * mistake: Takes the alignment for one of the address in bytes. Every frame's address is a
 *   multiple of 4096, so an alignment of 8 frames is always fulfilled, and a run may begin
 *   anywhere.
 */
static bool run_is_free(size_t first, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!bitmap_test(frames.bitmap, first + i)) {
            return false;
        }
    }
    return true;
}

enum error frame_take_run(size_t count, size_t alignment, uint64_t *address)
{
    if (count == 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    for (size_t first = 0; first < frames.limit && count <= frames.limit - first; first++) {
        uint64_t start = first * FRAME_SIZE;

        if (start % alignment == 0 && run_is_free(first, count)) {
            for (size_t i = 0; i < count; i++) {
                bitmap_clear(frames.bitmap, first + i);
            }
            frames.free_count -= count;
            *address = start;
            return ERROR_NONE;
        }
    }
    return ERROR_NO_MEMORY;
}
