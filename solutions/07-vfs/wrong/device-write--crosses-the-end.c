/*
 * exercise: device-write
 * test: device-write
 * says: leaves a text of the wrong length
 * mistake: Adds all of the bytes to the length, though some have replaced others.
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
    if (offset + size > length) {
        length = offset < length && length + size <= TEXT_MAX ? length + size : offset + size;
    }
    return (int64_t)size;
}
