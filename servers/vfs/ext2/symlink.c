/**
 * @file
 * ext2: symbolic links. A short target stands where a file's pointers are, a longer one in a block.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/** Bytes of a target that is short, with its NUL. */
#define SHORT_MAX (EXT2_POINTERS * sizeof(uint32_t))

/**
 * Gives a new symbolic link its target.
 *
 * @param file    new
 * @param target  ends with NUL
 * @return 0; ENAMETOOLONG: it does not fit into a block; ENOENT: it is empty; ENOSPC; EIO; ENOMEM
 */
int ext2_symlink_begin(struct ext2_file *file, const char *target)
{
    size_t length = strlen(target);
    struct buffer *buffer;
    int error;

    if (length == 0) {
        return ENOENT;
    }
    if (length >= file->ext2->block_size || length >= FILE_PATH_MAX) {
        return ENAMETOOLONG;
    }
    if (length < SHORT_MAX) {
        memcpy(file->inode->blocks, target, length);
        ext2_file_set_size(file, length);
        return 0;
    }
    error = ext2_block_make(file, 0, true, &buffer);
    if (error == 0) {
        memcpy(buffer->bytes, target, length);
        buffer_changed(buffer);
        ext2_write_first(buffer);
        buffer_put(buffer);
        ext2_file_set_size(file, length);
    }
    return error;
}

/** Reads a target from a block. */
static int read_block(const struct ext2_file *file, char *to, size_t length)
{
    struct buffer *buffer;
    uint32_t block = 0;
    int error = ext2_block_find(file, 0, &block);

    if (error == 0 && block == 0) {
        error =
            ext2_damage(file->ext2, file->number, "a symbolic link lacks its block; bytes", length);
    }
    if (error == 0) {
        error = buffer_get(file->ext2->device, block, &buffer);
    }
    if (error == 0) {
        memcpy(to, buffer->bytes, length);
        buffer_put(buffer);
    }
    return error;
}

/** Reads a target. @param to room for FILE_PATH_MAX */
static int read_target(const struct ext2_file *file, char *to, size_t *length)
{
    uint64_t size = ext2_file_size(file);
    bool is_short = !ext2_file_has_blocks(file);

    if (size == 0 || size >= FILE_PATH_MAX ||
        size >= (is_short ? SHORT_MAX : file->ext2->block_size)) {
        return ext2_damage(file->ext2, file->number, "a symbolic link cannot have the size", size);
    }
    *length = (size_t)size;
    if (is_short) {
        memcpy(to, file->inode->blocks, *length);
        return 0;
    }
    return read_block(file, to, *length);
}

/** Reads a symbolic link's target; see struct file_system. */
int ext2_readlink(struct node *node, char *to, size_t *length)
{
    struct ext2_file file;
    int error = EINVAL;

    if (S_ISLNK(node->status.mode)) {
        error = ext2_file_get(node->mount->data, (uint32_t)node->number, &file);
    }
    if (error == 0) {
        error = read_target(&file, to, length);
        ext2_file_put(&file);
    }
    return error;
}
