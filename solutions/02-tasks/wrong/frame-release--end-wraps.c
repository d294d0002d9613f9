/*
 * exercise: frame-release
 * test: frames-refusals
 * says: so many frames are more than there is memory
 * mistake: Trusts address + count * FRAME_SIZE, which wraps round to a small number for a huge
 *   count: the end then lies before the start, seems to be inside the range, and the bits of
 *   memory that does not exist are looked at.
 */
enum error frame_release_run(uint64_t address, size_t count)
{
    size_t first = address / FRAME_SIZE;

    if (count == 0 || address % FRAME_SIZE != 0 ||
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
    frames.free_count += count;
    return ERROR_NONE;
}
