/*
 * exercise: frame-take
 * test: frames-take
 * says: it is free, but there is a lower one
 * mistake: After a run that is too short it goes on a whole count further, instead of behind the
 *   frame that is in use: a run that begins in between is overlooked, and a higher one is handed
 *   out.
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
    size_t first = 0;

    if (count == 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    while (first < frames.limit && count <= frames.limit - first) {
        if (run_is_free(first, count)) {
            for (size_t i = 0; i < count; i++) {
                bitmap_clear(frames.bitmap, first + i);
            }
            frames.free_count -= count;
            *address = first * FRAME_SIZE;
            return ERROR_NONE;
        }
        first = (first + count + alignment - 1) & ~(alignment - 1);
    }
    return ERROR_NO_MEMORY;
}
