/**
 * @file
 * ext2: the super block, which is checked once and then believed.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>

#define BLOCK_SIZE_MIN 1024u
#define BLOCK_SIZES 3u /* 1, 2 and 4 KB */

static bool is_power_of_2(uint32_t number)
{
    return number != 0 && (number & (number - 1)) == 0;
}

static uint32_t inode_size(const struct ext2_super *super)
{
    return super->revision == 0 ? EXT2_INODE_SIZE_OLD : super->inode_size;
}

static uint32_t first_inode(const struct ext2_super *super)
{
    return super->revision == 0 ? EXT2_FIRST_INODE_OLD : super->first_inode;
}

/** @return groups of a file system; its blocks per group are not 0 */
static uint64_t groups_of(const struct ext2_super *super)
{
    uint64_t blocks = super->blocks - super->first_block;

    return (blocks + super->blocks_per_group - 1) / super->blocks_per_group;
}

/** @return what is wrong with the sizes of groups; NULL: nothing */
static const char *check_groups(const struct ext2_super *super, uint32_t block_size)
{
    if (super->blocks_per_group == 0 || super->blocks_per_group > 8 * block_size) {
        return "the super block's number of blocks in a group cannot be";
    }
    if (super->inodes_per_group == 0 || super->inodes_per_group > 8 * block_size) {
        return "the super block's number of inodes in a group cannot be";
    }
    if (groups_of(super) > EXT2_GROUPS_MAX) {
        return "it is too large: it has more than 1024 groups";
    }
    if (super->inodes != groups_of(super) * super->inodes_per_group) {
        return "the super block's number of inodes cannot be";
    }
    return NULL;
}

/** @return what is wrong with inodes as such; NULL: nothing */
static const char *check_inodes(const struct ext2_super *super, uint32_t block_size)
{
    uint32_t size = inode_size(super), first = first_inode(super);

    if (!is_power_of_2(size) || size < EXT2_INODE_SIZE_OLD || size > block_size) {
        return "the super block's size of inodes cannot be";
    }
    if (first < EXT2_FIRST_INODE_OLD || first > super->inodes) {
        return "the super block's first inode cannot be";
    }
    return NULL;
}

/**
 * Finds out whether there is an ext2 file system that can be used.
 *
 * @param super      from the disk
 * @param disk_size  in bytes
 * @return NULL: there is; else what is wrong, in words
 */
const char *ext2_super_check(const struct ext2_super *super, uint64_t disk_size)
{
    uint32_t block_size = BLOCK_SIZE_MIN << (super->block_size % BLOCK_SIZES);
    const char *wrong;

    if (super->magic != EXT2_MAGIC) {
        return "there is no ext2 file system on it";
    }
    if (super->revision > 1) {
        return "the super block's revision is not known";
    }
    if (super->revision > 0 && super->incompatible & ~(uint32_t)EXT2_INCOMPATIBLE_FILE_TYPE) {
        return "it has features that ext2 has not (ext3, ext4?)";
    }
    if (super->block_size >= BLOCK_SIZES) {
        return "its blocks are not of 1, 2 or 4 KB";
    }
    if (super->first_block != (block_size == BLOCK_SIZE_MIN ? 1 : 0)) {
        return "the super block's first block cannot be";
    }
    if (super->blocks <= super->first_block + 1 || super->blocks > disk_size / block_size) {
        return "it is larger than the disk, or the super block's number of blocks is wrong";
    }
    wrong = check_groups(super, block_size);
    return wrong != NULL ? wrong : check_inodes(super, block_size);
}

/** Takes over what a super block says. @param super checked */
void ext2_super_read(struct ext2 *ext2, const struct ext2_super *super)
{
    bool has_features = super->revision > 0;
    uint32_t descriptors;

    ext2->block_size = BLOCK_SIZE_MIN << super->block_size;
    ext2->blocks = super->blocks;
    ext2->first_block = super->first_block;
    ext2->blocks_per_group = super->blocks_per_group;
    ext2->inodes = super->inodes;
    ext2->inodes_per_group = super->inodes_per_group;
    ext2->inode_size = inode_size(super);
    ext2->first_inode = first_inode(super);
    ext2->inode_table_blocks =
        (super->inodes_per_group * ext2->inode_size + ext2->block_size - 1) / ext2->block_size;
    ext2->group_count = (uint32_t)groups_of(super);
    descriptors = ext2->block_size / (uint32_t)sizeof(struct ext2_descriptor);
    ext2->super_blocks = 1 + (ext2->group_count + descriptors - 1) / descriptors;
    if (has_features && super->compatible & EXT2_COMPATIBLE_RESIZE_INODE) {
        ext2->super_blocks += super->reserved_descriptor_blocks;
    }
    ext2->has_few_supers =
        has_features && super->read_only_compatible & EXT2_READ_ONLY_SPARSE_SUPER;
    ext2->has_one_super = has_features && super->compatible & EXT2_COMPATIBLE_SPARSE_SUPER2;
    ext2->has_kinds = has_features && super->incompatible & EXT2_INCOMPATIBLE_FILE_TYPE;
    ext2->can_be_large = has_features;
    ext2->is_unclean = (super->state & (EXT2_STATE_CLEAN | EXT2_STATE_DAMAGED)) != EXT2_STATE_CLEAN;
}

/**
 * Gets the super block.
 *
 * @param ext2    mounted
 * @param buffer  set; to be given back
 * @param super   set
 * @return 0; EIO; ENOMEM
 */
int ext2_super_get(struct ext2 *ext2, struct buffer **buffer, struct ext2_super **super)
{
    int error = buffer_get(ext2->device, EXT2_SUPER_AT / ext2->block_size, buffer);

    if (error == 0) {
        *super = (struct ext2_super *)((*buffer)->bytes + EXT2_SUPER_AT % ext2->block_size);
    }
    return error;
}
