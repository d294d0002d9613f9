/**
 * @file
 * ext2: inodes and nodes.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>
#include <sys/stat.h>

#define PERMISSIONS 07777u

/** Fills a node; see struct file_system. A name that leads to a file without links is damage: files
 * that have lost their last name are in memory until they are freed. */
int ext2_load(struct node *node)
{
    struct ext2 *ext2 = node->mount->data;
    struct ext2_file file;
    int error = node->number > ext2->inodes
                    ? ext2_damage(ext2, 0, "a file's inode cannot have the number", node->number)
                    : ext2_file_get(ext2, (uint32_t)node->number, &file);

    if (error == ENOENT) {
        ext2_damage(ext2, 0, "a name leads to a free inode:", node->number);
    }
    if (error != 0) {
        return error;
    }
    if (file.inode->links == 0) {
        ext2_damage(ext2, 0, "a name leads to an inode without links:", node->number);
        error = ENOENT;
    } else {
        ext2_status(&file, node);
    }
    ext2_file_put(&file);
    return error;
}

/** @return a time, as inodes have it */
static uint32_t time_of(uint64_t seconds)
{
    return seconds > UINT32_MAX ? UINT32_MAX : (uint32_t)seconds;
}

/** Changes permissions and times; see struct file_system. */
int ext2_change(struct node *node)
{
    struct ext2 *ext2 = node->mount->data;
    struct ext2_file file;
    int error = ext2_begin(ext2);

    if (error == 0) {
        error = ext2_file_get(ext2, (uint32_t)node->number, &file);
    }
    if (error == 0) {
        file.inode->mode =
            (uint16_t)((file.inode->mode & S_IFMT) | (node->status.mode & PERMISSIONS));
        file.inode->accessed = time_of(node->status.accessed);
        file.inode->modified = time_of(node->status.modified);
        file.inode->changed = ext2_now();
        ext2_file_changed(&file);
        ext2_status(&file, node);
        ext2_file_put(&file);
    }
    return error;
}

/**
 * Gets a directory to be changed.
 *
 * @param node       of the directory
 * @param directory  set; give it back with ext2_file_put()
 * @return 0; ENOTDIR; ENOENT: it was removed; EIO; ENOMEM
 */
int ext2_directory_get(struct node *node, struct ext2_file *directory)
{
    int error = ext2_file_get(node->mount->data, (uint32_t)node->number, directory);

    if (error != 0) {
        return error;
    }
    if (!S_ISDIR(directory->inode->mode)) {
        error = ENOTDIR;
    } else if (directory->inode->links == 0) {
        error = ENOENT;
    }
    if (error != 0) {
        ext2_file_put(directory);
    }
    return error;
}

/** Finds a name; see struct file_system. */
int ext2_lookup(struct node *node, const char *name, size_t length, uint64_t *number)
{
    struct ext2_file directory;
    struct ext2_place place;
    int error = ext2_directory_get(node, &directory);

    if (error != 0) {
        return error;
    }
    error = ext2_directory_find(&directory, name, length, &place);
    if (error == 0) {
        *number = ext2_entry_at(&place)->inode;
        buffer_put(place.buffer);
    }
    ext2_file_put(&directory);
    return error;
}
