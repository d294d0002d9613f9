/*
 * exercise: frame-release
 * test: frames-refusals
 * says: expected: ERROR_NOT_ALLOCATED
 * mistake: Sets the bits without looking at them first. A frame that is given back twice is
 *   counted twice, and will one day belong to two owners.
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
        bitmap_set(frames.bitmap, first + i);
    }
    frames.free_count += count;
    return ERROR_NONE;
}
