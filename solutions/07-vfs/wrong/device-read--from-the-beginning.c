/*
 * exercise: device-read
 * test: device-read
 * says: gives the wrong bytes
 * mistake: Always begins at the beginning of the text: `cat` never comes to its end.
 */
int64_t mydevice_read(uint64_t handle, uint64_t offset, void *to, size_t size)
{
    (void)handle;
    if (offset >= length) {
        return 0;
    }
    if (size > length - offset) {
        size = length - offset;
    }
    memcpy(to, text, size);
    return (int64_t)size;
}
