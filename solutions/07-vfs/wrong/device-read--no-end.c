/*
 * exercise: device-read
 * test: device-read
 * says: returns the wrong number
 * mistake: Gives as many bytes as there is room for, also behind the end of the text.
 */
int64_t mydevice_read(uint64_t handle, uint64_t offset, void *to, size_t size)
{
    (void)handle;
    if (offset >= length) {
        return 0;
    }
    if (size > TEXT_MAX - offset) {
        size = TEXT_MAX - offset;
    }
    memcpy(to, &text[offset], size);
    return (int64_t)size;
}
