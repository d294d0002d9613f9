/**
 * @file
 * ext2: blocks of files, to be written: where there is a hole, one is made.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>
#include <sys/stat.h>

/** The way to a block, as far as it exists. */
struct branch {
    struct ext2_file *file;
    uint64_t index;
    uint32_t path[EXT2_LEVELS];
    unsigned pointers;     /* of the path */
    unsigned followed;     /* how many of these are not 0, but for the last one */
    struct buffer *parent; /* the block of pointers that `pointer` is in; NULL: the inode */
    uint32_t *array;       /* the pointers in it */
};

/** @return the pointer that ends the branch: the block's own, or the first one that is 0 */
static uint32_t *end_of(const struct branch *branch)
{
    return &branch->array[branch->path[branch->followed]];
}

static void branch_put(struct branch *branch)
{
    if (branch->parent != NULL) {
        buffer_put(branch->parent);
    }
}

/** Goes the way to a block. @return 0; EFBIG; EIO; ENOMEM */
static int follow(struct branch *branch)
{
    while (branch->followed + 1 < branch->pointers && *end_of(branch) != 0) {
        struct buffer *next;
        int error = ext2_block_check(branch->file, *end_of(branch)) ? 0 : EIO;

        if (error == 0) {
            error = buffer_get(branch->file->ext2->device, *end_of(branch), &next);
        }
        if (error != 0) {
            return error;
        }
        branch_put(branch);
        branch->parent = next;
        branch->array = (uint32_t *)next->bytes;
        branch->followed++;
    }
    return 0;
}

/** @return where a new block would be best: behind the one before it, else behind the block of
 * pointers, else in the inode's group */
static uint32_t goal_of(const struct branch *branch)
{
    const struct ext2 *ext2 = branch->file->ext2;
    const uint32_t *pointer = end_of(branch);

    if (pointer > branch->array && pointer[-1] != 0) {
        return pointer[-1] + 1;
    }
    if (branch->parent != NULL) {
        return (uint32_t)branch->parent->block + 1;
    }
    return ext2_group_first(ext2, (branch->file->number - 1) / ext2->inodes_per_group);
}

/** Takes blocks one behind the other, or none. @return 0; ENOSPC; EIO; ENOMEM */
static int take_blocks(const struct branch *branch, uint32_t *blocks, unsigned count)
{
    struct ext2 *ext2 = branch->file->ext2;
    uint32_t goal = goal_of(branch);
    unsigned taken = 0;
    int error = ext2->free_blocks < count ? ENOSPC : 0;

    while (error == 0 && taken < count) {
        error = ext2_block_take(ext2, goal, &blocks[taken]);
        if (error == 0) {
            goal = blocks[taken++] + 1;
        }
    }
    while (error != 0 && taken > 0) {
        ext2_block_give(ext2, branch->file->number, blocks[--taken]);
    }
    return error;
}

/** Gets the buffer of a new block of data: all 0; a directory's has one entry without a name. Where
 * the file has had a hole, what was in the block before must not be seen instead of zeros. */
static int fill_data(const struct branch *branch, uint32_t block, struct buffer **data)
{
    const struct ext2 *ext2 = branch->file->ext2;
    bool is_directory = S_ISDIR(branch->file->inode->mode);
    int error = buffer_get_zeroed(ext2->device, block, data);

    if (error == 0 && is_directory) {
        ((struct ext2_entry *)(*data)->bytes)->size = (uint16_t)ext2->block_size;
    }
    if (error == 0 &&
        (is_directory || branch->index * ext2->block_size < ext2_file_size(branch->file))) {
        ext2_write_first(*data);
    }
    return error;
}

/** Fills new blocks: all are 0, but each of them leads to the next one. @param data set to the last
 * one's buffer */
static int fill_blocks(const struct branch *branch, const uint32_t *blocks, unsigned count,
                       struct buffer **data)
{
    struct device *device = branch->file->ext2->device;
    int error = fill_data(branch, blocks[count - 1], data);

    for (unsigned i = count - 1; error == 0 && i-- > 0;) {
        struct buffer *buffer;

        error = buffer_get_zeroed(device, blocks[i], &buffer);
        if (error == 0) {
            ((uint32_t *)buffer->bytes)[branch->path[branch->followed + 1 + i]] = blocks[i + 1];
            ext2_write_first(buffer);
            buffer_put(buffer);
        } else {
            buffer_put(*data);
        }
    }
    return error;
}

/** Makes what is missing of a branch. @param data set to the block's buffer, all 0 */
static int grow(struct branch *branch, struct buffer **data)
{
    struct ext2_file *file = branch->file;
    uint32_t blocks[EXT2_LEVELS];
    unsigned count = branch->pointers - branch->followed;
    int error = take_blocks(branch, blocks, count);

    if (error != 0) {
        return error;
    }
    error = fill_blocks(branch, blocks, count, data);
    if (error != 0) {
        while (count > 0) {
            ext2_block_give(file->ext2, file->number, blocks[--count]);
        }
        return error;
    }
    *end_of(branch) = blocks[0];
    file->inode->sectors += count * (file->ext2->block_size / EXT2_SECTOR);
    ext2_file_changed(file);
    if (branch->parent != NULL) {
        buffer_changed(branch->parent);
    }
    if (branch->parent != NULL && S_ISDIR(file->inode->mode)) {
        ext2_write_first(branch->parent); /* there will be names in it, that others rely on */
    }
    return 0;
}

/**
 * Gets a block of a file, to be written; makes it where there is a hole.
 *
 * @param file      that is being changed
 * @param index     of the block in the file, counted from 0; any number
 * @param is_whole  all of it will be written: what it holds now does not matter
 * @param buffer    set: its contents; all 0 if it is new, or in a directory an empty entry. To be
 *                  given back
 * @return 0; EFBIG; ENOSPC; EIO; ENOMEM. Refused, nothing has changed
 */
int ext2_block_make(struct ext2_file *file, uint64_t index, bool is_whole, struct buffer **buffer)
{
    struct branch branch = {.file = file, .index = index, .array = file->inode->blocks};
    uint32_t block;
    int error;

    branch.pointers = ext2_block_path(file->ext2, index, branch.path);
    if (branch.pointers == 0) {
        return EFBIG;
    }
    error = follow(&branch);
    block = *end_of(&branch);
    if (error == 0 && block == 0) {
        error = grow(&branch, buffer);
    } else if (error == 0 && !ext2_block_check(file, block)) {
        error = EIO;
    } else if (error == 0) {
        error = is_whole ? buffer_get_zeroed(file->ext2->device, block, buffer)
                         : buffer_get(file->ext2->device, block, buffer);
    }
    branch_put(&branch);
    return error;
}
