/*
 * exercise: device-write
 * test: device-write
 * says: returns the wrong number
 * mistake: Has only the low half of the offset.
 */
int64_t mydevice_write(uint64_t handle, uint64_t offset, const void *from, size_t size)
{
    unsigned at = (unsigned)(handle == APPEND ? length : offset);

    if (size == 0) {
        return 0;
    }
    if (at >= TEXT_MAX) {
        return -ENOSPC;
    }
    if (size > TEXT_MAX - at) {
        size = TEXT_MAX - at;
    }
    memcpy(&text[at], from, size);
    if (at + size > length) {
        length = at + size;
    }
    return (int64_t)size;
}
