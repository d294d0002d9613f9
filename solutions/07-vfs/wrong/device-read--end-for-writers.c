/*
 * exercise: device-read
 * test: device-read
 * says: returns the wrong number
 * mistake: Reads from the end on if it was opened to append: that is said of writing.
 */
int64_t mydevice_read(uint64_t handle, uint64_t offset, void *to, size_t size)
{
    if (handle == APPEND) {
        offset = length;
    }
    if (offset >= length) {
        return 0;
    }
    if (size > length - offset) {
        size = length - offset;
    }
    memcpy(to, &text[offset], size);
    return (int64_t)size;
}
