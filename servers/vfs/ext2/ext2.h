/**
 * @file
 * ext2: what its parts share.
 *
 * Nothing of a file is kept in memory but what the block cache has: an inode is worked with in the
 * block that it stands in. A struct ext2_file refers to that block; it is made at the beginning of
 * each operation and given back at its end. The node's status is a copy for others.
 *
 * Whatever comes from the disk may be damaged. It is looked at before it is used, where it is used;
 * what is wrong is said on the console by ext2_damage(), whose EIO goes up to the caller. If
 * something was being changed, the mount becomes read-only then, so that damage does not spread.
 *
 * The order of writes. The cache writes when it likes, and power may fail at any time. So that a
 * name or a pointer on the disk never leads to something that is not there yet, or to something
 * else, some blocks are written before others can be (ext2_write_first()): a new inode before the
 * name that leads to it, a new indirect block or directory block before the pointer to it; a name's
 * removal before its inode is freed, an inode's loss of blocks before these are used again; a new
 * name before the old one is removed. What power cuts can leave behind is space that nobody uses or
 * that is not marked as used, and links that are counted too high; ext2_recover() mends what would
 * do harm.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vfs/cache.h"
#include "vfs/device.h"
#include "vfs/ext2/layout.h"
#include "vfs/node.h"

#define EXT2_GROUPS_MAX 1024u

/** Where a group has its own blocks. */
struct ext2_group {
    uint32_t block_bitmap, inode_bitmap, inode_table;
};

/** A mounted file system. What the super block says was checked, and does not change. */
struct ext2 {
    struct mount *mount; /**< NULL: this record is free */
    struct device *device;
    uint32_t block_size, blocks, first_block, blocks_per_group;
    uint32_t inodes, inodes_per_group, inode_size, first_inode;
    uint32_t inode_table_blocks; /**< of each group */
    uint32_t group_count;
    uint32_t super_blocks; /**< super block and descriptors where a group has them, in blocks */
    bool has_few_supers;   /**< EXT2_READ_ONLY_SPARSE_SUPER */
    bool has_one_super;    /**< no copies that are known of */
    bool has_kinds;        /**< EXT2_INCOMPATIBLE_FILE_TYPE */
    bool can_be_large;     /**< files may have 2 GB and more */
    bool is_changed;       /**< since the last sync; the disk is not marked as clean */
    bool is_unclean;       /**< it was not unmounted: only e2fsck makes it clean again */
    bool is_damaged;       /**< found out since it was mounted */
    unsigned told;         /**< what was said of damage, in lines */
    uint32_t free_blocks, free_inodes;
    uint32_t orphans; /**< files without a name that are still in use */
    struct ext2_group groups[EXT2_GROUPS_MAX];
};

/** A file that is worked with. */
struct ext2_file {
    struct ext2 *ext2;
    uint32_t number;
    struct buffer *buffer; /**< the block with the inode */
    struct ext2_inode *inode;
};

/** Where an entry of a directory stands. */
struct ext2_place {
    struct buffer *buffer; /**< referred to */
    uint32_t offset;       /**< of the entry */
    uint32_t previous;     /**< of the one before in this block; `offset` if it is the first */
};

/* super.c, state.c, recover.c */
const char *ext2_super_check(const struct ext2_super *super, uint64_t disk_size);
void ext2_super_read(struct ext2 *ext2, const struct ext2_super *super);
int ext2_super_get(struct ext2 *ext2, struct buffer **buffer, struct ext2_super **super);
int ext2_begin(struct ext2 *ext2);
int ext2_recover(struct ext2 *ext2);
int ext2_sync(struct mount *mount);
int ext2_statfs(struct mount *mount, struct file_system_status *status);
int ext2_damage(struct ext2 *ext2, uint32_t inode, const char *what, uint64_t which);
void ext2_write_first(struct buffer *buffer);

/* groups.c */
int ext2_groups_read(struct ext2 *ext2);
int ext2_descriptor_get(struct ext2 *ext2, uint32_t group, struct buffer **buffer,
                        struct ext2_descriptor **descriptor);
bool ext2_has_super(const struct ext2 *ext2, uint32_t group);
uint32_t ext2_group_first(const struct ext2 *ext2, uint32_t group);
uint32_t ext2_group_blocks(const struct ext2 *ext2, uint32_t group);
bool ext2_is_data(const struct ext2 *ext2, uint32_t block);

/** A bitmap of a group and the group's descriptor, while a bit is taken or given back. */
struct ext2_map {
    struct buffer *bitmap, *descriptors;
    struct ext2_descriptor *descriptor;
};

/** Which bitmap. */
enum ext2_bitmap { EXT2_BLOCK_BITMAP, EXT2_INODE_BITMAP };

/* bitmap.c, block_allocate.c, inode_allocate.c */
int ext2_map_get(struct ext2 *ext2, uint32_t group, enum ext2_bitmap which, struct ext2_map *map);
void ext2_map_put(struct ext2_map *map);
uint32_t ext2_map_find(const struct ext2_map *map, uint32_t from, uint32_t end);
uint32_t ext2_map_count(const struct ext2_map *map, uint32_t end);
bool ext2_map_change(struct ext2_map *map, uint32_t bit, bool taken);
int ext2_block_take(struct ext2 *ext2, uint32_t goal, uint32_t *block);
int ext2_block_give(struct ext2 *ext2, uint32_t inode, uint32_t block);
int ext2_inode_take(struct ext2 *ext2, uint32_t near, bool is_directory, uint32_t *number);
int ext2_inode_give(struct ext2 *ext2, uint32_t number, bool is_directory);

/* inode.c */
int ext2_file_find(struct ext2 *ext2, uint32_t number, struct ext2_file *file);
int ext2_file_check(const struct ext2_file *file);
int ext2_file_get(struct ext2 *ext2, uint32_t number, struct ext2_file *file);
int ext2_file_new(struct ext2 *ext2, uint32_t number, uint32_t mode, struct ext2_file *file);
void ext2_file_put(struct ext2_file *file);
void ext2_file_changed(struct ext2_file *file);
uint64_t ext2_file_size(const struct ext2_file *file);
int ext2_file_check_size(struct ext2_file *file, uint64_t size);
void ext2_file_set_size(struct ext2_file *file, uint64_t size);
bool ext2_file_has_blocks(const struct ext2_file *file);
void ext2_status(const struct ext2_file *file, struct node *node);
uint32_t ext2_now(void);

/* block_path.c, block_find.c, block_make.c */
unsigned ext2_block_path(const struct ext2 *ext2, uint64_t index, uint32_t path[EXT2_LEVELS]);
bool ext2_block_check(const struct ext2_file *file, uint32_t block);
int ext2_block_find(const struct ext2_file *file, uint64_t index, uint32_t *block);
int ext2_block_make(struct ext2_file *file, uint64_t index, bool is_whole, struct buffer **buffer);

/* file.c, truncate.c */
int ext2_read(struct node *node, uint64_t offset, void *to, size_t size, size_t *done);
int ext2_write(struct node *node, uint64_t offset, const void *from, size_t size, size_t *done);
int ext2_truncate(struct node *node, uint64_t size);
int ext2_tail_clear(struct ext2_file *file, uint64_t size);
int ext2_blocks_free(struct ext2_file *file, uint64_t from);

/* entry_check.c, directory_find.c, directory.c, entry.c */
struct ext2_entry *ext2_entry_check(const struct ext2_file *directory, uint8_t *bytes,
                                    uint32_t offset);
int ext2_directory_find(const struct ext2_file *directory, const char *name, size_t length,
                        struct ext2_place *place);
int ext2_directory_block(const struct ext2_file *directory, uint64_t index, struct buffer **buffer);
int ext2_directory_is_empty(const struct ext2_file *directory);
int ext2_directory_room(struct ext2_file *directory, size_t length, struct ext2_place *place);
int ext2_directory_begin(struct ext2_file *directory, uint32_t parent);
int ext2_readdir(struct node *node, uint64_t *position, struct file_entry *entry);
struct ext2_entry *ext2_entry_at(const struct ext2_place *place);
void ext2_entry_put(struct ext2_file *directory, const struct ext2_place *place, const char *name,
                    size_t length, const struct ext2_file *file);
void ext2_entry_set(struct ext2_file *directory, const struct ext2_place *place,
                    const struct ext2_file *file);
void ext2_entry_remove(struct ext2_file *directory, const struct ext2_place *place);

/* load.c, lookup.c, create.c, link.c, rename.c, symlink.c, free.c */
int ext2_load(struct node *node);
int ext2_change(struct node *node);
int ext2_directory_get(struct node *node, struct ext2_file *directory);
int ext2_lookup(struct node *directory, const char *name, size_t length, uint64_t *number);
int ext2_create(struct node *directory, const char *name, size_t length, uint32_t mode,
                const char *target, uint64_t *number);
int ext2_link(struct node *directory, const char *name, size_t length, struct node *node);
int ext2_unlink(struct node *directory, const char *name, size_t length, struct node *node);
int ext2_rmdir(struct node *directory, const char *name, size_t length, struct node *node);
int ext2_rename(struct node *from, const char *name, size_t length, struct node *node,
                struct node *to, const char *new_name, size_t new_length, struct node *replaced);
int ext2_symlink_begin(struct ext2_file *file, const char *target);
int ext2_readlink(struct node *node, char *to, size_t *length);
int ext2_file_free(struct ext2_file *file);
void ext2_file_lose(struct ext2_file *file, bool all);
void ext2_parent_count(struct ext2_file *parent, int more);
void ext2_release(struct node *node);
