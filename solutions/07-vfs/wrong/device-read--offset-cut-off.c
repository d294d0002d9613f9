/*
 * exercise: device-read
 * test: device-read
 * says: returns the wrong number
 * mistake: Has only the low half of the offset.
 */
int64_t mydevice_read(uint64_t handle, uint64_t offset, void *to, size_t size)
{
    unsigned from = (unsigned)offset;

    (void)handle;
    if (from >= length) {
        return 0;
    }
    if (size > length - from) {
        size = length - from;
    }
    memcpy(to, &text[from], size);
    return (int64_t)size;
}
