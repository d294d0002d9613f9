/*
 * exercise: frame-release
 * test: frames-release
 * says: took back .* and then frames\.free_count is wrong
 * mistake: Adds one to the counter for each call, not for each frame: right for single frames,
 *   which is what one tries first.
 */
enum error frame_release_run(uint64_t address, size_t count)
{
    size_t first = address / FRAME_SIZE;

    if (count == 0 || address % FRAME_SIZE != 0 || first >= frames.limit ||
        count > frames.limit - first ||
        !memory_map_holds(&memory_free, address, address + count * FRAME_SIZE)) {
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
    frames.free_count++;
    return ERROR_NONE;
}
