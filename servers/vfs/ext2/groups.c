/**
 * @file
 * ext2: groups of blocks, and where each has what is its own.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>

#include "print.h"

/** @return the block that a group begins with */
uint32_t ext2_group_first(const struct ext2 *ext2, uint32_t group)
{
    return ext2->first_block + group * ext2->blocks_per_group;
}

/** @return blocks of a group; the last one may have fewer than others */
uint32_t ext2_group_blocks(const struct ext2 *ext2, uint32_t group)
{
    uint32_t left = ext2->blocks - ext2_group_first(ext2, group);

    return left < ext2->blocks_per_group ? left : ext2->blocks_per_group;
}

static bool is_power_of(uint32_t number, uint32_t base)
{
    while (number % base == 0) {
        number /= base;
    }
    return number == 1;
}

/** @return whether a group begins with a super block and descriptors: with few of these, groups 0
 * and 1 and the powers of 3, 5 and 7 */
bool ext2_has_super(const struct ext2 *ext2, uint32_t group)
{
    if (group == 0) {
        return true;
    }
    if (ext2->has_one_super) {
        return false;
    }
    return !ext2->has_few_supers || is_power_of(group, 3) || is_power_of(group, 5) ||
           is_power_of(group, 7);
}

/** @return whether a block can be a file's: it is inside, and not one of a group's own */
bool ext2_is_data(const struct ext2 *ext2, uint32_t block)
{
    const struct ext2_group *group;
    uint32_t number;

    if (block <= ext2->first_block || block >= ext2->blocks) {
        return false;
    }
    number = (block - ext2->first_block) / ext2->blocks_per_group;
    group = &ext2->groups[number];
    if (ext2_has_super(ext2, number) &&
        block - ext2_group_first(ext2, number) < ext2->super_blocks) {
        return false;
    }
    return block != group->block_bitmap && block != group->inode_bitmap &&
           (block < group->inode_table || block - group->inode_table >= ext2->inode_table_blocks);
}

/**
 * Gets a group's descriptor.
 *
 * @param ext2        mounted
 * @param group       0 to group_count - 1
 * @param buffer      set; to be given back
 * @param descriptor  set
 * @return 0; EIO; ENOMEM
 */
int ext2_descriptor_get(struct ext2 *ext2, uint32_t group, struct buffer **buffer,
                        struct ext2_descriptor **descriptor)
{
    uint32_t in_block = ext2->block_size / (uint32_t)sizeof(struct ext2_descriptor);
    int error = buffer_get(ext2->device, ext2->first_block + 1 + group / in_block, buffer);

    if (error == 0) {
        *descriptor = (struct ext2_descriptor *)(*buffer)->bytes + group % in_block;
    }
    return error;
}

/** @return whether blocks are inside of a group, behind its super block */
static bool is_in_group(const struct ext2 *ext2, uint32_t group, uint32_t block, uint32_t blocks)
{
    uint32_t first = ext2_group_first(ext2, group);
    uint32_t end = first + ext2_group_blocks(ext2, group);

    if (ext2_has_super(ext2, group)) {
        first += ext2->super_blocks;
    }
    return block >= first && block < end && blocks <= end - block;
}

/** @return whether a group's own blocks can be where its descriptor says */
static bool is_group(const struct ext2 *ext2, uint32_t number)
{
    const struct ext2_group *group = &ext2->groups[number];

    return is_in_group(ext2, number, group->block_bitmap, 1) &&
           is_in_group(ext2, number, group->inode_bitmap, 1) &&
           is_in_group(ext2, number, group->inode_table, ext2->inode_table_blocks) &&
           group->block_bitmap != group->inode_bitmap &&
           group->block_bitmap - group->inode_table >= ext2->inode_table_blocks &&
           group->inode_bitmap - group->inode_table >= ext2->inode_table_blocks;
}

/** Adds what a group has free; what cannot be makes the mount read-only. */
static void count_free(struct ext2 *ext2, uint32_t group, const struct ext2_descriptor *descriptor)
{
    if (descriptor->free_blocks > ext2_group_blocks(ext2, group) ||
        descriptor->free_inodes > ext2->inodes_per_group) {
        print("[ext2] %s: Group %u has a wrong number of free blocks or inodes; it is read-only.\n",
              device_name(ext2->device), group);
        ext2->mount->is_read_only = true;
        return;
    }
    ext2->free_blocks += descriptor->free_blocks;
    ext2->free_inodes += descriptor->free_inodes;
}

/**
 * Reads and checks all descriptors.
 *
 * @param ext2  with what the super block says
 * @return 0; EIO; EINVAL: one is wrong, which has been said
 */
int ext2_groups_read(struct ext2 *ext2)
{
    for (uint32_t i = 0; i < ext2->group_count; i++) {
        struct ext2_descriptor *descriptor;
        struct buffer *buffer;
        int error = ext2_descriptor_get(ext2, i, &buffer, &descriptor);

        if (error != 0) {
            return error;
        }
        ext2->groups[i] = (struct ext2_group){descriptor->block_bitmap, descriptor->inode_bitmap,
                                              descriptor->inode_table};
        count_free(ext2, i, descriptor);
        buffer_put(buffer);
        if (!is_group(ext2, i)) {
            print("[ext2] %s: The descriptor of group %u is wrong.\n", device_name(ext2->device),
                  i);
            return EINVAL;
        }
    }
    return 0;
}
