/*
 * exercise: device-write
 * test: device-write
 * says: returns the wrong number|did not return
 * mistake: Looks at the sum of offset and size only: for a large offset it is small.
 */
int64_t mydevice_write(uint64_t handle, uint64_t offset, const void *from, size_t size)
{
    if (handle == APPEND) {
        offset = length;
    }
    if (size == 0) {
        return 0;
    }
    if (offset + size > TEXT_MAX) {
        if (offset >= TEXT_MAX) {
            return -ENOSPC;
        }
        size = TEXT_MAX - offset;
    }
    memcpy(&text[offset], from, size);
    if (offset + size > length) {
        length = offset + size;
    }
    return (int64_t)size;
}
