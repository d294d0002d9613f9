/*
 * exercise: frame-take
 * test: frames-exhaustion
 * says: expected: frame \d+ free, as it was
 * mistake: Clears each bit as soon as it is found set, and begins anew at the first frame that
 *   is in use. The frames of the runs that were too short are lost, also when the answer is 'no
 *   memory'.
 */
enum error frame_take_run(size_t count, size_t alignment, uint64_t *address)
{
    size_t found = 0;
    size_t start = 0;

    if (count == 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) {
        return ERROR_INVALID_ARGUMENT;
    }
    for (size_t frame = 0; frame < frames.limit; frame++) {
        if (!bitmap_test(frames.bitmap, frame)) {
            found = 0;
            continue;
        }
        if (found == 0) {
            if (frame % alignment != 0) {
                continue;
            }
            start = frame;
        }
        bitmap_clear(frames.bitmap, frame);
        frames.free_count--;
        if (++found == count) {
            *address = start * FRAME_SIZE;
            return ERROR_NONE;
        }
    }
    return ERROR_NO_MEMORY;
}
