/**
 * @file
 * ext2: a file system that was not unmounted. The order in which blocks are written
 * (ext2.h) keeps names and files whole; but the bitmaps, and what is counted beside them, may be
 * older than the rest. A block that is in use, but not marked, would be given to a second file.
 * So, before anything is changed, everything that files have is marked; then what is free is
 * counted anew; then the files are freed that had lost their last name, and were still open.
 *
 * What is marked, but nobody's, stays so: e2fsck finds it.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>
#include <sys/stat.h>

#include "print.h"

#define ORPHANS_MAX 64u /* files to be freed; more stay as they are */
#define AHEAD 16u       /* blocks of an inode table that are read at once */

/** What has been done so far. */
struct recovery {
    struct ext2 *ext2;
    uint32_t left;           /* blocks that files can still have: as many as there are */
    uint32_t blocks, inodes; /* that were not marked, and are now */
    uint32_t orphan_count;
    uint32_t orphans[ORPHANS_MAX];
};

/** Marks a block as used. @return 0; EIO; ENOMEM */
static int mark_block(struct recovery *recovery, const struct ext2_file *file, uint32_t block)
{
    struct ext2 *ext2 = recovery->ext2;
    uint32_t bit = block - ext2->first_block;
    struct ext2_map map;
    int error;

    if (!ext2_block_check(file, block)) {
        return EIO;
    }
    if (recovery->left == 0) {
        return ext2_damage(ext2, file->number, "some blocks are in two files; of", ext2->blocks);
    }
    recovery->left--;
    error = ext2_map_get(ext2, bit / ext2->blocks_per_group, EXT2_BLOCK_BITMAP, &map);
    if (error == 0) {
        recovery->blocks += ext2_map_change(&map, bit % ext2->blocks_per_group, true);
        ext2_map_put(&map);
    }
    return error;
}

/** Marks a block and all that it leads to. @param level 0: data; else a block of pointers */
static int mark_tree(struct recovery *recovery, const struct ext2_file *file, uint32_t block,
                     unsigned level)
{
    uint32_t pointers = recovery->ext2->block_size / (uint32_t)sizeof(uint32_t);
    int error = mark_block(recovery, file, block);
    struct buffer *buffer;

    if (error != 0 || level == 0) {
        return error;
    }
    error = buffer_get(recovery->ext2->device, block, &buffer);
    if (error != 0) {
        return error;
    }
    for (uint32_t i = 0; error == 0 && i < pointers; i++) {
        uint32_t pointer = ((const uint32_t *)buffer->bytes)[i];

        if (pointer != 0) {
            error = mark_tree(recovery, file, pointer, level - 1);
        }
    }
    buffer_put(buffer);
    return error;
}

/** Marks all blocks of a file. */
static int mark_blocks(struct recovery *recovery, const struct ext2_file *file)
{
    const struct ext2_inode *inode = file->inode;
    int error = 0;

    for (unsigned i = 0; error == 0 && ext2_file_has_blocks(file) && i < EXT2_POINTERS; i++) {
        if (inode->blocks[i] != 0) {
            error = mark_tree(recovery, file, inode->blocks[i],
                              i < EXT2_DIRECT ? 0 : i - EXT2_DIRECT + 1);
        }
    }
    return error;
}

/** Marks the block of a file's extended attributes: others may have it, too. */
static int mark_attributes(struct recovery *recovery, const struct ext2_file *file)
{
    int error = 0;

    if (file->inode->attributes != 0) {
        error = mark_block(recovery, file, file->inode->attributes);
        recovery->left += error == 0;
    }
    return error;
}

/** @return whether an inode is a file's, with names or about to be freed; the system's own are
 * not */
static bool is_used(const struct ext2_file *file)
{
    const struct ext2_inode *inode = file->inode;

    return (file->number == EXT2_ROOT || file->number >= file->ext2->first_inode) &&
           inode->mode != 0 && (inode->links > 0 || inode->deleted == 0);
}

/** Looks at an inode. @param map of its group's inodes */
static int look_at(struct recovery *recovery, const struct ext2_file *file, struct ext2_map *map)
{
    uint32_t bit = (file->number - 1) % recovery->ext2->inodes_per_group;
    int error = ext2_file_check(file);

    recovery->inodes += ext2_map_change(map, bit, true);
    map->descriptor->directories =
        (uint16_t)(map->descriptor->directories + (S_ISDIR(file->inode->mode) ? 1 : 0));
    if (error == 0) {
        error = mark_blocks(recovery, file);
    }
    if (error == 0) {
        error = mark_attributes(recovery, file);
    }
    if (error == 0 && file->inode->links == 0 && recovery->orphan_count < ORPHANS_MAX) {
        recovery->orphans[recovery->orphan_count++] = file->number;
    }
    return error;
}

/** Begins to read an inode table where that is worth it. */
static void read_ahead(struct ext2 *ext2, uint32_t group, uint32_t index)
{
    uint32_t in_block = ext2->block_size / ext2->inode_size;
    uint32_t left = ext2->inode_table_blocks - index / in_block;

    if (index % (in_block * AHEAD) == 0) {
        cache_read_ahead(ext2->device, ext2->groups[group].inode_table + index / in_block,
                         left < AHEAD ? left : AHEAD);
    }
}

/** Looks at all inodes of a group, and counts those that are free. */
static int look_at_group(struct recovery *recovery, uint32_t group)
{
    struct ext2 *ext2 = recovery->ext2;
    struct ext2_map map;
    int error = ext2_map_get(ext2, group, EXT2_INODE_BITMAP, &map);

    if (error != 0) {
        return error;
    }
    map.descriptor->directories = 0;
    for (uint32_t i = 0; error == 0 && i < ext2->inodes_per_group; i++) {
        struct ext2_file file;

        read_ahead(ext2, group, i);
        error = ext2_file_find(ext2, group * ext2->inodes_per_group + i + 1, &file);
        if (error == 0) {
            error = is_used(&file) ? look_at(recovery, &file, &map) : 0;
            ext2_file_put(&file);
        }
    }
    map.descriptor->free_inodes = (uint16_t)ext2_map_count(&map, ext2->inodes_per_group);
    ext2->free_inodes += map.descriptor->free_inodes;
    buffer_changed(map.descriptors);
    ext2_map_put(&map);
    return error;
}

/** Counts the free blocks of a group. */
static int count_blocks(struct ext2 *ext2, uint32_t group)
{
    struct ext2_map map;
    int error = ext2_map_get(ext2, group, EXT2_BLOCK_BITMAP, &map);

    if (error == 0) {
        map.descriptor->free_blocks =
            (uint16_t)ext2_map_count(&map, ext2_group_blocks(ext2, group));
        ext2->free_blocks += map.descriptor->free_blocks;
        buffer_changed(map.descriptors);
        ext2_map_put(&map);
    }
    return error;
}

/** Frees the files that have no names. */
static int free_orphans(const struct recovery *recovery)
{
    int error = 0;

    for (uint32_t i = 0; error == 0 && i < recovery->orphan_count; i++) {
        struct ext2_file file;

        error = ext2_file_find(recovery->ext2, recovery->orphans[i], &file);
        if (error == 0) {
            error = ext2_file_free(&file);
            ext2_file_put(&file);
        }
    }
    return error;
}

/**
 * Makes a file system usable that was not unmounted.
 *
 * @param ext2  mounted, to be changed
 * @return 0; EIO; ENOMEM: then it is to be read only
 */
int ext2_recover(struct ext2 *ext2)
{
    struct recovery recovery = {.ext2 = ext2, .left = ext2->blocks};
    int error = 0;

    ext2->free_inodes = ext2->free_blocks = 0;
    for (uint32_t i = 0; error == 0 && i < ext2->group_count; i++) {
        error = look_at_group(&recovery, i);
    }
    for (uint32_t i = 0; error == 0 && i < ext2->group_count; i++) {
        error = count_blocks(ext2, i);
    }
    if (error == 0) {
        error = free_orphans(&recovery);
    }
    if (error == 0) {
        print("[ext2] %s: %u blocks and %u inodes are marked that were in use, %u files freed.\n",
              device_name(ext2->device), recovery.blocks, recovery.inodes, recovery.orphan_count);
    }
    return error;
}
