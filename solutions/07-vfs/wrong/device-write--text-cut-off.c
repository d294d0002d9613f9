/*
 * exercise: device-write
 * test: device-write
 * says: leaves a text of the wrong length
 * mistake: Sets the length to where it has ended to write: what is behind is lost.
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
        size = TEXT_MAX - offset;
    }
    memcpy(&text[offset], from, size);
    length = offset + size;
    return (int64_t)size;
}
