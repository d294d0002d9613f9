/**
 * @file
 * ext2: files that become shorter, or longer without being written.
 *
 * Blocks are given back in memory first, then the pointers that are gone are written. In between
 * nobody can use the blocks again, since the mount's lock is held.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static uint32_t pointers_of(const struct ext2 *ext2)
{
    return ext2->block_size / (uint32_t)sizeof(uint32_t);
}

/** Gives one block back. */
static int give(struct ext2_file *file, uint32_t block)
{
    uint32_t sectors = file->ext2->block_size / EXT2_SECTOR;
    int error = ext2_block_give(file->ext2, file->number, block);

    if (error == 0) {
        file->inode->sectors -= file->inode->sectors < sectors ? file->inode->sectors : sectors;
    }
    return error;
}

/** Gives back a block and all that it leads to. @param level 0: data; else a block of pointers
 * @return 0; EIO; ENOMEM: then some of it stays in use, but nobody's */
static int give_tree(struct ext2_file *file, uint32_t block, unsigned level)
{
    int error = give(file, block); /* before it is followed: a loop ends here */
    struct buffer *buffer;

    if (error != 0 || level == 0) {
        return error;
    }
    error = buffer_get(file->ext2->device, block, &buffer);
    if (error != 0) {
        return error;
    }
    for (uint32_t i = 0; error == 0 && i < pointers_of(file->ext2); i++) {
        uint32_t pointer = ((const uint32_t *)buffer->bytes)[i];

        if (pointer != 0) {
            error = give_tree(file, pointer, level - 1);
        }
    }
    buffer_put(buffer);
    return error;
}

/** Gives back what pointers lead to, and clears them. @param level of what they lead to */
static int cut(struct ext2_file *file, uint32_t *pointers, uint32_t count, unsigned level)
{
    int error = 0;

    for (uint32_t i = 0; error == 0 && i < count; i++) {
        if (pointers[i] != 0) {
            error = give_tree(file, pointers[i], level);
            pointers[i] = 0;
        }
    }
    return error;
}

/** Gives back what a block of pointers leads to, but for its first blocks. @param block itself
 * stays
 * @param level of the block, 1 or more @param keep how many blocks of the file stay, at least 1 */
static int trim(struct ext2_file *file, uint32_t block, unsigned level, uint64_t keep)
{
    uint64_t span = 1; /* blocks that each of its pointers leads to */
    struct buffer *buffer;
    uint32_t *pointers, first;
    int error;

    for (unsigned i = 1; i < level; i++) {
        span *= pointers_of(file->ext2);
    }
    if (!ext2_block_check(file, block)) {
        return EIO;
    }
    error = buffer_get(file->ext2->device, block, &buffer);
    if (error != 0) {
        return error;
    }
    pointers = (uint32_t *)buffer->bytes;
    first = (uint32_t)(keep / span);
    if (keep % span != 0 && pointers[first] != 0) {
        error = trim(file, pointers[first], level - 1, keep % span);
    }
    first += keep % span != 0;
    if (error == 0) {
        error = cut(file, pointers + first, pointers_of(file->ext2) - first, level - 1);
        buffer_changed(buffer);
        ext2_write_first(buffer);
    }
    buffer_put(buffer);
    return error;
}

/**
 * Gives back the blocks of a file from one on.
 *
 * @param file  that is being changed; its size is the caller's affair
 * @param from  the first one, counted from 0
 * @return 0; EIO; ENOMEM: then some may be in use still, though nobody's
 */
int ext2_blocks_free(struct ext2_file *file, uint64_t from)
{
    uint32_t *pointers = file->inode->blocks;
    uint64_t span = 1, begin = EXT2_DIRECT; /* of the blocks that the next pointer leads to */
    int error = 0;

    if (from < EXT2_DIRECT) {
        error = cut(file, pointers + from, (uint32_t)(EXT2_DIRECT - from), 0);
    }
    for (unsigned level = 1; error == 0 && level < EXT2_LEVELS; level++) {
        uint32_t *pointer = &pointers[EXT2_DIRECT + level - 1];

        span *= pointers_of(file->ext2);
        if (from <= begin) {
            error = cut(file, pointer, 1, level);
        } else if (from < begin + span && *pointer != 0) {
            error = trim(file, *pointer, level, from - begin);
        }
        begin += span;
    }
    ext2_file_changed(file);
    ext2_write_first(file->buffer);
    return error;
}

/**
 * Clears what stands in a file's last block behind its end: it would be seen when the file grows.
 *
 * @param file  that is being changed
 * @param size  where the end is, or will be
 * @return 0; EIO; ENOMEM
 */
int ext2_tail_clear(struct ext2_file *file, uint64_t size)
{
    uint32_t offset = (uint32_t)(size % file->ext2->block_size), block;
    struct buffer *buffer;
    int error;

    if (offset == 0) {
        return 0;
    }
    error = ext2_block_find(file, size / file->ext2->block_size, &block);
    if (error != 0 || block == 0) {
        return error;
    }
    error = buffer_get(file->ext2->device, block, &buffer);
    if (error == 0) {
        memset(buffer->bytes + offset, 0, file->ext2->block_size - offset);
        buffer_changed(buffer);
        buffer_put(buffer);
    }
    return error;
}

/** Makes a file so long. */
static int set_length(struct ext2_file *file, uint64_t size)
{
    uint64_t old = ext2_file_size(file), block_size = file->ext2->block_size;
    int error = ext2_file_check_size(file, size);

    if (error == 0) {
        error = ext2_tail_clear(file, size < old ? size : old);
    }
    if (error != 0) {
        return error;
    }
    ext2_file_set_size(file, size);
    if (size < old) {
        error = ext2_blocks_free(file, (size + block_size - 1) / block_size);
    }
    if (error == 0) {
        file->inode->modified = file->inode->changed = ext2_now();
        ext2_file_changed(file);
    }
    return error;
}

/** Makes a regular file so long; see struct file_system. */
int ext2_truncate(struct node *node, uint64_t size)
{
    struct ext2 *ext2 = node->mount->data;
    struct ext2_file file;
    int error = S_ISREG(node->status.mode) ? ext2_begin(ext2) : EINVAL;

    if (error == 0) {
        error = ext2_file_get(ext2, (uint32_t)node->number, &file);
    }
    if (error == 0) {
        error = set_length(&file, size);
        ext2_status(&file, node);
        ext2_file_put(&file);
    }
    return error;
}
