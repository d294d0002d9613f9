/*
 * exercise: frame-take
 * test: frames-exhaustion
 * says: refused while there were free frames
 * mistake: '>=' where '>' belongs in the check against the limit: the run that ends with the
 *   very last frame is never handed out. One frame of 32,000 is missing, which no boot ever
 *   shows.
 */
enum error frame_take_run(size_t count, size_t alignment, uint64_t *address)
{
    if (count == 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    for (size_t first = 0; first < frames.limit; first += alignment) {
        size_t length = 0;

        if (count >= frames.limit - first) {
            return ERROR_NO_MEMORY;
        }
        while (length < count && bitmap_test(frames.bitmap, first + length)) {
            length++;
        }
        if (length == count) {
            for (size_t i = 0; i < count; i++) {
                bitmap_clear(frames.bitmap, first + i);
            }
            frames.free_count -= count;
            *address = first * FRAME_SIZE;
            return ERROR_NONE;
        }
    }
    return ERROR_NO_MEMORY;
}
