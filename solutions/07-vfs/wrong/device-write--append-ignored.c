/*
 * exercise: device-write
 * test: device-write
 * says: returns the wrong number|leaves
 * mistake: Writes where the offset says, also for who appends.
 */
int64_t mydevice_write(uint64_t handle, uint64_t offset, const void *from, size_t size)
{
    (void)handle;
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
        length = offset + size;
    }
    return (int64_t)size;
}
