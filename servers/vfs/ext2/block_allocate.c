/**
 * @file
 * ext2: blocks that are taken and given back. A file's blocks should stand one behind the other, so
 * whoever wants one says where it would be best.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>

/** Takes a block of a group. @param from the bit to begin with @return 0; ENOSPC; EIO; ENOMEM */
static int take(struct ext2 *ext2, uint32_t group, uint32_t from, uint32_t *block)
{
    uint32_t first = ext2_group_first(ext2, group), count = ext2_group_blocks(ext2, group), bit;
    struct ext2_map map;
    int error = ext2_map_get(ext2, group, EXT2_BLOCK_BITMAP, &map);

    if (error != 0) {
        return error;
    }
    bit = ext2_map_find(&map, from, count);
    if (map.descriptor->free_blocks == 0) {
        error = ENOSPC;
    } else if (bit == count) {
        error = ext2_damage(ext2, 0,
                            "there are no free blocks, although some are counted, in group", group);
    } else if (!ext2_is_data(ext2, first + bit)) {
        error = ext2_damage(ext2, 0, "the bitmap says that nobody uses block", first + bit);
    } else {
        ext2_map_change(&map, bit, true);
        map.descriptor->free_blocks--;
        ext2->free_blocks--;
        *block = first + bit;
    }
    ext2_map_put(&map);
    return error;
}

/**
 * Takes a block.
 *
 * @param ext2   where something is being changed
 * @param goal   the block that would be best; any number
 * @param block  set
 * @return 0; ENOSPC; EIO; ENOMEM
 */
int ext2_block_take(struct ext2 *ext2, uint32_t goal, uint32_t *block)
{
    uint32_t offset =
        goal > ext2->first_block && goal < ext2->blocks ? goal - ext2->first_block : 0;
    uint32_t group = offset / ext2->blocks_per_group, from = offset % ext2->blocks_per_group;
    int error = ENOSPC;

    for (uint32_t i = 0; error == ENOSPC && i < ext2->group_count && ext2->free_blocks > 0; i++) {
        error = take(ext2, group, from, block);
        group = (group + 1) % ext2->group_count;
        from = 0;
    }
    return error;
}

/**
 * Gives a block back.
 *
 * @param ext2   where something is being changed
 * @param inode  whose it was, for words
 * @param block  any number
 * @return 0; EIO: it is nobody's, or cannot be anybody's; ENOMEM
 */
int ext2_block_give(struct ext2 *ext2, uint32_t inode, uint32_t block)
{
    uint32_t group, bit;
    struct ext2_map map;
    int error;

    if (!ext2_is_data(ext2, block)) {
        return ext2_damage(ext2, inode, "it has a block that no file can have:", block);
    }
    group = (block - ext2->first_block) / ext2->blocks_per_group;
    bit = (block - ext2->first_block) % ext2->blocks_per_group;
    error = ext2_map_get(ext2, group, EXT2_BLOCK_BITMAP, &map);
    if (error != 0) {
        return error;
    }
    if (ext2_map_change(&map, bit, false)) {
        map.descriptor->free_blocks++;
        ext2->free_blocks++;
        cache_drop(ext2->device, block);
    } else {
        error = ext2_damage(ext2, inode, "it has a block that is marked as nobody's:", block);
    }
    ext2_map_put(&map);
    return error;
}
