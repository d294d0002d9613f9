/*
 * exercise: device-write
 * test: device-write
 * says: returns the wrong number
 * mistake: Refuses what does not fit as a whole.
 */
int64_t mydevice_write(uint64_t handle, uint64_t offset, const void *from, size_t size)
{
    if (handle == APPEND) {
        offset = length;
    }
    if (size == 0) {
        return 0;
    }
    if (offset >= TEXT_MAX) {
        return -ENOSPC;
    }
    if (size > TEXT_MAX - offset) {
        return -ENOSPC;
    }
    memcpy(&text[offset], from, size);
    if (offset + size > length) {
        length = offset + size;
    }
    return (int64_t)size;
}
