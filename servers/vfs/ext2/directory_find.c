/**
 * @file
 * ext2: looking for a name in a directory.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>
#include <string.h>

/**
 * Finds a name in a directory.
 *
 * A directory is a file of whole blocks: ext2_file_size() says how many bytes they have together.
 * ext2_directory_block() gets one of them, and the buffer is to be given back with buffer_put(),
 * unless the name is in it. In a block entries stand one behind the other, from its beginning to
 * its end: the next one begins `size` bytes behind. ext2_entry_check() gives the entry at an
 * offset, after it has looked whether its sizes can be; no byte of an entry is believed before.
 * If it gives NULL, the block is damaged, which has been said: the answer is EIO. An entry whose
 * inode is 0 has no name, whatever stands there. Names are equal if they have the same length and
 * the same bytes; no NUL is behind them. The blocks are looked at in their order, up to the first
 * entry that has the name.
 *
 * @param directory  where; nothing of it is changed
 * @param name       not empty
 * @param length     of the name, in bytes
 * @param place      set to where the entry is: `buffer`, which the caller gives back; `offset` of
 *                   the entry in it; `previous`, the offset of the entry before it, or if it is
 *                   the block's first one, its own: 0. Means nothing if there is an error
 * @return 0; ENOENT: there is no such name; EIO; what ext2_directory_block() gives
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
            if (entry->inode != 0 && entry->length == length &&
                memcmp(entry->name, name, length) == 0) {
                return 0;
            }
            place->previous = place->offset;
        }
        buffer_put(place->buffer);
    }
    return ENOENT;
}
