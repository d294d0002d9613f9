/**
 * @file
 * ext2: the way from an inode to a block of its file.
 */
#include "vfs/ext2/ext2.h"

/**
 * Finds which pointers lead to a block. The inode has 15: the first 12 lead to the file's first
 * blocks; the next one to a block of pointers to the next blocks; the next one to a block of
 * pointers to such blocks; the last one goes through one block of pointers more.
 *
 * @param ext2   how many pointers a block has
 * @param index  of the block in its file, counted from 0; any number
 * @param path   set: path[0] is the pointer's index in the inode, path[1] in the block that that
 *               one leads to, and so on
 * @return how many pointers there are to follow, 1 to EXT2_LEVELS; 0: no file is that long
 */
unsigned ext2_block_path(const struct ext2 *ext2, uint64_t index, uint32_t path[EXT2_LEVELS])
{
    uint64_t pointers = ext2->block_size / sizeof(uint32_t);
    uint64_t span = 1; /* blocks that a pointer leads to */

    if (index < EXT2_DIRECT) {
        path[0] = (uint32_t)index;
        return 1;
    }
    index -= EXT2_DIRECT;
    for (unsigned level = 1; level < EXT2_LEVELS; level++) {
        span *= pointers;
        if (index >= span) {
            index -= span;
            continue;
        }
        path[0] = EXT2_DIRECT + level - 1;
        for (unsigned i = 1; i <= level; i++) {
            span /= pointers;
            path[i] = (uint32_t)(index / span);
            index %= span;
        }
        return level + 1;
    }
    return 0;
}

/** @return whether a block can be a file's; if not, that is said */
bool ext2_block_check(const struct ext2_file *file, uint32_t block)
{
    if (ext2_is_data(file->ext2, block)) {
        return true;
    }
    ext2_damage(file->ext2, file->number, "it has a block that no file can have:", block);
    return false;
}
