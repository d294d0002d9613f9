/*
 * exercise: device-write
 * test: device-write
 * says: leaves a text of the wrong length|returns the wrong number: there is room for 0
 * mistake: Refuses to write nothing behind the end.
 */
int64_t mydevice_write(uint64_t handle, uint64_t offset, const void *from, size_t size)
{
    if (handle == APPEND) {
        offset = length;
    }
    if (offset >= TEXT_MAX) {
        return -ENOSPC;
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
