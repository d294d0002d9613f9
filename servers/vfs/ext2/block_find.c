/**
 * @file
 * ext2: which block of the disk a block of a file is.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>

/**
 * Finds a block of a file, to be read.
 *
 * ext2_block_path() tells which pointers lead there. The first one stands in the inode
 * (file->inode->blocks); each of the others in the block that the one before leads to, which is an
 * array of uint32_t. The last pointer is the block's number. A pointer that is 0 leads nowhere: the
 * file has a hole there, and no further pointer is looked at.
 *
 * Every pointer comes from the disk, so it may be any number. One that is not 0 is handed to
 * ext2_block_check() before the block is read that it names, and also the last one, before it is
 * given to the caller: if that function says no, it has told so already, and the answer is EIO.
 *
 * Blocks of pointers are read with buffer_get() (the disk is file->ext2->device), and each buffer
 * is given back with buffer_put(), also if something is wrong with what was read from it.
 *
 * @param file   whose; nothing of it is changed
 * @param index  of the block in the file, counted from 0; any number
 * @param block  set to its number on the disk; 0: a hole. Left alone if there is an error
 * @return 0; EFBIG: no file is that long; EIO: a pointer that cannot be; what buffer_get() gives
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
        int error = ext2_block_check(file, number) ? 0 : EIO;

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
