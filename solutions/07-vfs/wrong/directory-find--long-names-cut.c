/*
 * exercise: directory-find
 * test: directory-find
 * says: ends before it has looked at everything|returns the wrong error
 * mistake: Compares only what fits into a variable of its own: long names that begin alike are
 * the same.
 */
int ext2_directory_find(const struct ext2_file *directory, const char *name, size_t length,
                        struct ext2_place *place)
{
    uint32_t block_size = directory->ext2->block_size;
    uint64_t blocks = ext2_file_size(directory) / block_size;

    for (uint64_t index = 0; index < blocks; index++) {
        int error = ext2_directory_block(directory, index, &place->buffer);
        const struct ext2_entry *entry;
        char mine[64];

        if (error != 0) {
            return error;
        }
        place->previous = 0;
        for (place->offset = 0; place->offset < block_size; place->offset += entry->size) {
            entry = ext2_entry_check(directory, place->buffer->bytes, place->offset);
            if (entry == NULL) {
                buffer_put(place->buffer);
                return EIO;
            }
            if (entry->inode != 0 && entry->length == length &&
                memcmp(entry->name, name, length < 64 ? length : 64) == 0) {
                return 0;
            }
            place->previous = place->offset;
        }
        buffer_put(place->buffer);
    }
    return ENOENT;
}
