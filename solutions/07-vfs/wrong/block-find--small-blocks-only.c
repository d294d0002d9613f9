/*
 * exercise: block-find
 * test: block-find
 * says: reads the wrong blocks|wrong error
 * mistake: Believes that all disks have blocks of 1024 bytes.
 */
int ext2_block_find(const struct ext2_file *file, uint64_t index, uint32_t *block)
{
    uint32_t path[EXT2_LEVELS];
    unsigned pointers = ext2_block_path(file->ext2, index, path);
    uint32_t number;

    if (pointers == 0) {
        return EFBIG;
    }
    number = file->inode->blocks[path[0]];
    for (unsigned i = 1; i < pointers && number != 0; i++) {
        struct buffer *buffer;
        int error = path[i] < 256 && ext2_block_check(file, number) ? 0 : EIO;

        if (error == 0) {
            error = buffer_get(file->ext2->device, number, &buffer);
        }
        if (error != 0) {
            return error;
        }
        number = ((const uint32_t *)buffer->bytes)[path[i]];
        buffer_put(buffer);
    }
    if (number != 0 && !ext2_block_check(file, number)) {
        return EIO;
    }
    *block = number;
    return 0;
}
