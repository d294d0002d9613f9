/**
 * @file
 * ext2: reading and writing regular files. Reading does not change the time of the last
 * access: each look at a file would be a write to the disk.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define AHEAD_BYTES 65536u /* read at once where a file is read from one end to the other */

/** A piece of a file that lies in one block. */
struct piece {
    uint64_t index; /* of the block in the file */
    uint32_t offset;
    uint32_t size;
};

/** @return the first piece of some bytes of a file, at least one */
static struct piece piece_at(const struct ext2 *ext2, uint64_t offset, size_t size)
{
    struct piece piece = {offset / ext2->block_size, (uint32_t)(offset % ext2->block_size), 0};
    uint32_t left = ext2->block_size - piece.offset;

    piece.size = size < left ? (uint32_t)size : left;
    return piece;
}

/** Begins to read the blocks of a file that will be wanted next, if they stand one behind the
 * other on the disk, and the file seems to be read in order: it is at its beginning, or the block
 * before is in memory. @param block the one that is wanted now, not 0 */
static void read_ahead(const struct ext2_file *file, uint64_t index, uint32_t block)
{
    const struct ext2 *ext2 = file->ext2;
    uint64_t end = (ext2_file_size(file) + ext2->block_size - 1) / ext2->block_size;
    uint32_t next = block;
    unsigned count = 0;

    if (cache_has(ext2->device, block) || (index > 0 && !cache_has(ext2->device, block - 1))) {
        return;
    }
    while (next == block + count && count < AHEAD_BYTES / ext2->block_size && index + count < end) {
        count++;
        if (index + count == end || ext2_block_find(file, index + count, &next) != 0) {
            break;
        }
    }
    if (count > 1) {
        cache_read_ahead(ext2->device, block, count);
    }
}

/** Reads a piece. */
static int read_piece(const struct ext2_file *file, const struct piece *piece, uint8_t *to)
{
    struct buffer *buffer;
    uint32_t block;
    int error = ext2_block_find(file, piece->index, &block);

    if (error != 0) {
        return error;
    }
    if (block == 0) {
        memset(to, 0, piece->size);
        return 0;
    }
    read_ahead(file, piece->index, block);
    error = buffer_get(file->ext2->device, block, &buffer);
    if (error == 0) {
        memcpy(to, buffer->bytes + piece->offset, piece->size);
        buffer_put(buffer);
    }
    return error;
}

static int read_file(const struct ext2_file *file, uint64_t offset, uint8_t *to, size_t size,
                     size_t *done)
{
    uint64_t end = ext2_file_size(file);
    int error = 0;

    if (offset >= end) {
        return 0;
    }
    size = size < end - offset ? size : (size_t)(end - offset);
    while (error == 0 && *done < size) {
        struct piece piece = piece_at(file->ext2, offset + *done, size - *done);

        error = read_piece(file, &piece, to + *done);
        *done += error == 0 ? piece.size : 0;
    }
    return *done > 0 ? 0 : error;
}

/** Reads; see struct file_system. What could be read before an error is no error. */
int ext2_read(struct node *node, uint64_t offset, void *to, size_t size, size_t *done)
{
    struct ext2_file file;
    int error = EINVAL;

    *done = 0;
    if (S_ISREG(node->status.mode)) {
        error = ext2_file_get(node->mount->data, (uint32_t)node->number, &file);
    }
    if (error == 0) {
        error = read_file(&file, offset, to, size, done);
        ext2_file_put(&file);
    }
    return error;
}

/** Writes a piece; the file grows as needed. */
static int write_piece(struct ext2_file *file, const struct piece *piece, const uint8_t *from)
{
    bool is_whole = piece->size == file->ext2->block_size;
    uint64_t end = piece->index * file->ext2->block_size + piece->offset + piece->size;
    bool grows = end > ext2_file_size(file);
    struct buffer *buffer;
    int error = grows ? ext2_file_check_size(file, end) : 0;

    if (error == 0) {
        error = ext2_block_make(file, piece->index, is_whole, &buffer);
    }
    if (error != 0) {
        return error;
    }
    memcpy(buffer->bytes + piece->offset, from, piece->size);
    buffer_changed(buffer);
    buffer_put(buffer);
    if (grows) {
        ext2_file_set_size(file, end);
    }
    return 0;
}

static int write_file(struct ext2_file *file, uint64_t offset, const uint8_t *from, size_t size,
                      size_t *done)
{
    uint64_t old = ext2_file_size(file);
    int error = offset + size > old ? ext2_tail_clear(file, old) : 0;

    while (error == 0 && *done < size) {
        struct piece piece = piece_at(file->ext2, offset + *done, size - *done);

        error = write_piece(file, &piece, from + *done);
        *done += error == 0 ? piece.size : 0;
    }
    if (*done > 0) {
        file->inode->modified = file->inode->changed = ext2_now();
        ext2_file_changed(file);
        return 0;
    }
    return error;
}

/** Writes; see struct file_system. What could be written before an error is no error. */
int ext2_write(struct node *node, uint64_t offset, const void *from, size_t size, size_t *done)
{
    struct ext2 *ext2 = node->mount->data;
    struct ext2_file file;
    int error = S_ISREG(node->status.mode) ? ext2_begin(ext2) : EINVAL;

    *done = 0;
    if (error == 0 && offset + size < offset) {
        error = EFBIG;
    }
    if (error == 0) {
        error = ext2_file_get(ext2, (uint32_t)node->number, &file);
    }
    if (error == 0) {
        error = write_file(&file, offset, from, size, done);
        ext2_status(&file, node);
        ext2_file_put(&file);
    }
    return error;
}
