/*
 * exercise: frame-release
 * test: frames-refusals
 * says: expected: ERROR_NOT_ALLOCATED: one frame of the run is free already
 * mistake: Looks at the first and the last frame of the run and believes the rest. A run whose
 *   middle is free already goes through.
 */
enum error frame_release_run(uint64_t address, size_t count)
{
    size_t first = address / FRAME_SIZE;

    if (count == 0 || address % FRAME_SIZE != 0 || first >= frames.limit ||
        count > frames.limit - first ||
        !memory_map_holds(&memory_free, address, address + count * FRAME_SIZE)) {
        return ERROR_INVALID_ARGUMENT;
    }
    if (bitmap_test(frames.bitmap, first) || bitmap_test(frames.bitmap, first + count - 1)) {
        return ERROR_NOT_ALLOCATED;
    }
    for (size_t i = 0; i < count; i++) {
        bitmap_set(frames.bitmap, first + i);
    }
    frames.free_count += count;
    return ERROR_NONE;
}
