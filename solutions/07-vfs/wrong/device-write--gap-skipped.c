/*
 * exercise: device-write
 * test: device-write
 * says: leaves|returns the wrong number
 * mistake: Writes at the end when the offset is behind it, instead of leaving bytes that are 0.
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
    if (offset > length) {
        offset = length;
    }
    if (size > TEXT_MAX - offset) {
        size = TEXT_MAX - offset;
    }
    memcpy(&text[offset], from, size);
    if (offset + size > length) {
        length = offset + size;
    }
    return (int64_t)size;
}
