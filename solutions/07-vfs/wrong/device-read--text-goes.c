/*
 * exercise: device-read
 * test: device-read
 * says: leaves a text of the wrong length|leaves the wrong text
 * mistake: Takes the bytes out, as a pipe would.
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
    memcpy(to, &text[offset], size);
    memmove(text, &text[offset + size], length - offset - size);
    length -= size;
    return (int64_t)size;
}
