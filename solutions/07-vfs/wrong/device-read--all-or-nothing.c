/*
 * exercise: device-read
 * test: device-read
 * says: returns the wrong number
 * mistake: Gives nothing when there is less than was asked for.
 */
int64_t mydevice_read(uint64_t handle, uint64_t offset, void *to, size_t size)
{
    (void)handle;
    if (offset >= length) {
        return 0;
    }
    if (size > length - offset) {
        return 0;
    }
    memcpy(to, &text[offset], size);
    return (int64_t)size;
}
