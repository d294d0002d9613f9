/**
 * @file
 * ext2: inodes: found, checked, made new.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define LARGE 0x80000000u /* bytes: from here on a file is a large one */

/** @return whether an inode's number can be a file's */
static bool is_number(const struct ext2 *ext2, uint32_t number)
{
    return number == EXT2_ROOT || (number >= ext2->first_inode && number <= ext2->inodes);
}

/** @return bytes that a file can have at most */
static uint64_t size_max(const struct ext2 *ext2)
{
    uint64_t pointers = ext2->block_size / sizeof(uint32_t);
    uint64_t blocks = EXT2_DIRECT + pointers + pointers * pointers + pointers * pointers * pointers;

    return ext2->can_be_large ? blocks * ext2->block_size : LARGE - 1;
}

/** @return size in bytes */
uint64_t ext2_file_size(const struct ext2_file *file)
{
    uint64_t high = S_ISREG(file->inode->mode) ? file->inode->size_high : 0;

    return high << 32 | file->inode->size;
}

/** @return whether its pointers lead to blocks; else they hold a short link, or a device */
bool ext2_file_has_blocks(const struct ext2_file *file)
{
    uint32_t sectors = file->inode->attributes != 0 ? file->ext2->block_size / EXT2_SECTOR : 0;

    switch (file->inode->mode & S_IFMT) {
    case S_IFREG:
    case S_IFDIR:
        return true;
    case S_IFLNK:
        return file->inode->sectors != sectors;
    default:
        return false;
    }
}

/** Looks at what an inode that is in use says. @return 0; EIO, which has been said */
int ext2_file_check(const struct ext2_file *file)
{
    uint64_t size = ext2_file_size(file);

    if (file->inode->flags & EXT2_FLAGS_OTHER) {
        return ext2_damage(file->ext2, file->number, "its contents are not as ext2 has them: flags",
                           file->inode->flags);
    }
    switch (file->inode->mode & S_IFMT) {
    case S_IFDIR:
        if (size == 0 || size % file->ext2->block_size != 0 ||
            size / file->ext2->block_size > file->ext2->blocks) {
            return ext2_damage(file->ext2, file->number, "a directory cannot have the size", size);
        }
        return 0;
    case S_IFREG:
        if (size > size_max(file->ext2)) {
            return ext2_damage(file->ext2, file->number, "a file cannot have the size", size);
        }
        return 0;
    case S_IFLNK:
    case S_IFCHR:
    case S_IFBLK:
    case S_IFIFO:
    case S_IFSOCK:
        return 0;
    default:
        return ext2_damage(file->ext2, file->number, "it is of no kind that there is: mode",
                           file->inode->mode);
    }
}

/** Finds an inode in its group's table; what it says is not looked at. @param number 1 or more
 * @return 0: give the file back with ext2_file_put(); EIO; ENOMEM */
int ext2_file_find(struct ext2 *ext2, uint32_t number, struct ext2_file *file)
{
    uint32_t group = (number - 1) / ext2->inodes_per_group;
    uint32_t offset = (number - 1) % ext2->inodes_per_group * ext2->inode_size;
    uint32_t block = ext2->groups[group].inode_table + offset / ext2->block_size;
    int error = buffer_get(ext2->device, block, &file->buffer);

    if (error == 0) {
        file->ext2 = ext2;
        file->number = number;
        file->inode = (struct ext2_inode *)(file->buffer->bytes + offset % ext2->block_size);
    }
    return error;
}

/**
 * Gets a file to be worked with.
 *
 * @param ext2    mounted
 * @param number  of its inode, any number
 * @param file    set; give it back with ext2_file_put()
 * @return 0; EIO: it cannot be read, or is damaged; ENOENT: it is not in use; ENOMEM
 */
int ext2_file_get(struct ext2 *ext2, uint32_t number, struct ext2_file *file)
{
    int error;

    if (!is_number(ext2, number)) {
        return ext2_damage(ext2, 0, "a file's inode cannot have the number", number);
    }
    error = ext2_file_find(ext2, number, file);
    if (error != 0) {
        return error;
    }
    error = file->inode->mode == 0 ? ENOENT : ext2_file_check(file);
    if (error != 0) {
        ext2_file_put(file);
    }
    return error;
}

/**
 * Makes a new file of an inode that was taken: without names, contents and blocks.
 *
 * @param ext2    where something is being changed
 * @param number  from ext2_inode_take()
 * @param mode    kind and permissions
 * @param file    set; give it back with ext2_file_put()
 * @return 0; EIO; ENOMEM
 */
int ext2_file_new(struct ext2 *ext2, uint32_t number, uint32_t mode, struct ext2_file *file)
{
    int error = ext2_file_find(ext2, number, file);
    uint32_t now = ext2_now();

    if (error == 0) {
        memset(file->inode, 0, ext2->inode_size);
        file->inode->mode = (uint16_t)mode;
        file->inode->accessed = file->inode->changed = file->inode->modified = now;
        ext2_file_changed(file);
    }
    return error;
}

/** Gives a file back. */
void ext2_file_put(struct ext2_file *file)
{
    buffer_put(file->buffer);
}

/** Says that an inode was changed. */
void ext2_file_changed(struct ext2_file *file)
{
    buffer_changed(file->buffer);
}

/** Says in the super block that there are large files. */
static int mark_large(struct ext2 *ext2)
{
    struct ext2_super *super;
    struct buffer *buffer;
    int error = ext2_super_get(ext2, &buffer, &super);

    if (error != 0) {
        return error;
    }
    if ((super->read_only_compatible & EXT2_READ_ONLY_LARGE_FILE) == 0) {
        super->read_only_compatible |= EXT2_READ_ONLY_LARGE_FILE;
        buffer_changed(buffer);
    }
    buffer_put(buffer);
    return 0;
}

/**
 * Finds out whether a file can have a size, before it gets it.
 *
 * @param file  that is being changed
 * @param size  in bytes
 * @return 0; EFBIG; EIO; ENOMEM
 */
int ext2_file_check_size(struct ext2_file *file, uint64_t size)
{
    if (size > size_max(file->ext2)) {
        return EFBIG;
    }
    return size >= LARGE ? mark_large(file->ext2) : 0;
}

/** Sets a file's size, which was checked; its blocks are the caller's affair. */
void ext2_file_set_size(struct ext2_file *file, uint64_t size)
{
    file->inode->size = (uint32_t)size;
    if (S_ISREG(file->inode->mode)) {
        file->inode->size_high = (uint32_t)(size >> 32);
    }
    ext2_file_changed(file);
}

/** Tells others of a file's status. @param node of it; what node.c sets is left alone */
void ext2_status(const struct ext2_file *file, struct node *node)
{
    const struct ext2_inode *inode = file->inode;
    struct file_status *status = &node->status;

    status->mode = inode->mode;
    status->links = inode->links;
    status->size = ext2_file_size(file);
    status->blocks = inode->sectors;
    status->block_size = file->ext2->block_size;
    status->accessed = inode->accessed;
    status->modified = inode->modified;
    status->changed = inode->changed;
}
