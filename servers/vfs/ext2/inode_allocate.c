/**
 * @file
 * ext2: inodes that are taken and given back. A file's inode should be in its directory's group,
 * where its blocks will be, too; directories should be spread over the groups.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>

/** @return the group for a new directory: of those with as many free inodes as the average the one
 * with most free blocks; if none can be read, group 0 */
static uint32_t group_for_directory(struct ext2 *ext2)
{
    uint32_t average = ext2->free_inodes / ext2->group_count, best = 0, best_blocks = 0;

    for (uint32_t i = 0; i < ext2->group_count; i++) {
        struct ext2_descriptor *descriptor;
        struct buffer *buffer;

        if (ext2_descriptor_get(ext2, i, &buffer, &descriptor) != 0) {
            continue;
        }
        if (descriptor->free_inodes > 0 && descriptor->free_inodes >= average &&
            descriptor->free_blocks > best_blocks) {
            best = i;
            best_blocks = descriptor->free_blocks;
        }
        buffer_put(buffer);
    }
    return best;
}

/** Takes an inode of a group. @return 0; ENOSPC; EIO; ENOMEM */
static int take(struct ext2 *ext2, uint32_t group, bool is_directory, uint32_t *number)
{
    uint32_t first = group * ext2->inodes_per_group + 1, bit;
    struct ext2_map map;
    int error = ext2_map_get(ext2, group, EXT2_INODE_BITMAP, &map);

    if (error != 0) {
        return error;
    }
    bit = ext2_map_find(&map, 0, ext2->inodes_per_group);
    if (map.descriptor->free_inodes == 0) {
        error = ENOSPC;
    } else if (bit == ext2->inodes_per_group) {
        error = ext2_damage(ext2, 0,
                            "there are no free inodes, although some are counted, in group", group);
    } else if (first + bit < ext2->first_inode) {
        error =
            ext2_damage(ext2, first + bit, "its bitmap says that nobody uses it; in group", group);
    } else {
        ext2_map_change(&map, bit, true);
        map.descriptor->free_inodes--;
        map.descriptor->directories = (uint16_t)(map.descriptor->directories + is_directory);
        ext2->free_inodes--;
        *number = first + bit;
    }
    ext2_map_put(&map);
    return error;
}

/**
 * Takes an inode.
 *
 * @param ext2          where something is being changed
 * @param near          the directory's inode that it will be in
 * @param is_directory  what it is for
 * @param number        set
 * @return 0; ENOSPC; EIO; ENOMEM
 */
int ext2_inode_take(struct ext2 *ext2, uint32_t near, bool is_directory, uint32_t *number)
{
    uint32_t group = is_directory ? group_for_directory(ext2) : (near - 1) / ext2->inodes_per_group;
    int error = ENOSPC;

    for (uint32_t i = 0; error == ENOSPC && i < ext2->group_count && ext2->free_inodes > 0; i++) {
        error = take(ext2, group, is_directory, number);
        group = (group + 1) % ext2->group_count;
    }
    return error;
}

/**
 * Gives an inode back.
 *
 * @param ext2          where something is being changed
 * @param number        of an inode
 * @param is_directory  what it was
 * @return 0; EIO: it is nobody's; ENOMEM
 */
int ext2_inode_give(struct ext2 *ext2, uint32_t number, bool is_directory)
{
    struct ext2_map map;
    int error = ext2_map_get(ext2, (number - 1) / ext2->inodes_per_group, EXT2_INODE_BITMAP, &map);

    if (error != 0) {
        return error;
    }
    if (ext2_map_change(&map, (number - 1) % ext2->inodes_per_group, false)) {
        map.descriptor->free_inodes++;
        map.descriptor->directories = (uint16_t)(map.descriptor->directories -
                                                 (is_directory && map.descriptor->directories > 0));
        ext2->free_inodes++;
    } else {
        error =
            ext2_damage(ext2, number, "it was in use, but marked as nobody's; of", ext2->inodes);
    }
    ext2_map_put(&map);
    return error;
}
