/*
 * exercise: frame-release
 * test: frames-refusals
 * says: expected: ERROR_INVALID_ARGUMENT: (these frames|the first megabyte|this frame|the run)
 * mistake: A clear bit is read as 'in use'. It also stands for memory that was never the
 *   allocator's: the kernel's own text can be given back, and handed out as a stack.
 */
enum error frame_release_run(uint64_t address, size_t count)
{
    size_t first = address / FRAME_SIZE;

    if (count == 0 || address % FRAME_SIZE != 0 || first >= frames.limit ||
        count > frames.limit - first) {
        return ERROR_INVALID_ARGUMENT;
    }
    for (size_t i = 0; i < count; i++) {
        if (bitmap_test(frames.bitmap, first + i)) {
            return ERROR_NOT_ALLOCATED;
        }
    }
    for (size_t i = 0; i < count; i++) {
        bitmap_set(frames.bitmap, first + i);
    }
    frames.free_count += count;
    return ERROR_NONE;
}
