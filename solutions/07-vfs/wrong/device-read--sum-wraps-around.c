/*
 * exercise: device-read
 * test: device-read
 * says: did not return|exception|returns the wrong number
 * mistake: Adds to an offset that may be any number, and looks then.
 */
int64_t mydevice_read(uint64_t handle, uint64_t offset, void *to, size_t size)
{
    (void)handle;
    if (offset + size > length && offset <= length) {
        size = length - offset;
    }
    memcpy(to, &text[offset], size);
    return (int64_t)size;
}
