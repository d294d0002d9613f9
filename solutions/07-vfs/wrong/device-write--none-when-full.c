/*
 * exercise: device-write
 * test: device-write
 * says: returns the wrong number: there is room for 0
 * mistake: Says that it has taken 0 bytes when there is no room: the writer asks again, and again.
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
        return 0;
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
