/*
 * exercise: frame-release
 * test: frames-refusals
 * says: the address is no multiple of 4096
 * mistake: The division rounds an address inside a frame down to the frame, so a pointer into
 *   the middle of a run gives that frame back.
 */
enum error frame_release_run(uint64_t address, size_t count)
{
    size_t first = address / FRAME_SIZE;
    uint64_t start = first * FRAME_SIZE;

    if (count == 0 || first >= frames.limit || count > frames.limit - first ||
        !memory_map_holds(&memory_free, start, start + count * FRAME_SIZE)) {
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
