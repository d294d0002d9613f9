/*
 * exercise: directory-find
 * test: directory-find
 * says: looks further than it has to|wrong error
 * mistake: A signed length: names of more than 127 bytes are never found.
 */
int ext2_directory_find(const struct ext2_file *directory, const char *name, size_t length,
                        struct ext2_place *place)
{
    uint32_t block_size = directory->ext2->block_size;
    uint64_t blocks = ext2_file_size(directory) / block_size;

    for (uint64_t index = 0; index < blocks; index++) {
        int error = ext2_directory_block(directory, index, &place->buffer);
        const struct ext2_entry *entry;

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
            if (entry->inode != 0 && (int8_t)entry->length == (int)length &&
                memcmp(entry->name, name, length) == 0) {
                return 0;
            }
            place->previous = place->offset;
        }
        buffer_put(place->buffer);
    }
    return ENOENT;
}
