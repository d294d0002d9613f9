/*
 * exercise: frame-release
 * test: frames-refusals
 * says: refused .* and then the bitmap is wrong
 * mistake: Checks and releases frame by frame, in one loop: when a later frame is free already,
 *   the earlier ones have been given back, although the call was refused.
 */
enum error frame_release_run(uint64_t address, size_t count)
{
    size_t first = address / FRAME_SIZE;

    if (count == 0 || address % FRAME_SIZE != 0 || first >= frames.limit ||
        count > frames.limit - first ||
        !memory_map_holds(&memory_free, address, address + count * FRAME_SIZE)) {
        return ERROR_INVALID_ARGUMENT;
    }
    for (size_t frame = first; frame < first + count; frame++) {
        if (bitmap_test(frames.bitmap, frame)) {
            return ERROR_NOT_ALLOCATED;
        }
        bitmap_set(frames.bitmap, frame);
        frames.free_count++;
    }
    return ERROR_NONE;
}
