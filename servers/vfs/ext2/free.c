/**
 * @file
 * ext2: names and files that go. A file without names is an orphan while its node is referred to,
 * and is freed when it is released.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define DIRECTORY_LINKS 2u /* its name, and its own "." */

/** Gives a file's block of extended attributes back, unless others have it, too. */
static int free_attributes(struct ext2_file *file)
{
    struct ext2 *ext2 = file->ext2;
    struct ext2_attributes *attributes;
    struct buffer *buffer;
    int error = ext2_block_check(file, file->inode->attributes) ? 0 : EIO;

    if (error == 0) {
        error = buffer_get(ext2->device, file->inode->attributes, &buffer);
    }
    if (error != 0) {
        return error;
    }
    attributes = (struct ext2_attributes *)buffer->bytes;
    if (attributes->magic != EXT2_ATTRIBUTES_MAGIC || attributes->references == 0) {
        error = ext2_damage(ext2, file->number, "these are no extended attributes: block",
                            file->inode->attributes);
    } else if (attributes->references == 1) {
        error = ext2_block_give(ext2, file->number, file->inode->attributes);
    } else {
        attributes->references--;
        buffer_changed(buffer);
    }
    buffer_put(buffer);
    return error;
}

/**
 * Frees a file: its blocks, then its inode. Nothing leads to it.
 *
 * @param file  still to be given back
 * @return 0; EIO; ENOMEM: then some of it stays in use, though nobody's
 */
int ext2_file_free(struct ext2_file *file)
{
    bool is_directory = S_ISDIR(file->inode->mode);
    uint32_t now = ext2_now();
    int error = 0;

    if (ext2_file_has_blocks(file)) {
        error = ext2_blocks_free(file, 0);
    }
    if (error == 0 && file->inode->attributes != 0) {
        error = free_attributes(file);
    }
    if (error != 0) {
        return error;
    }
    memset(file->inode, 0, file->ext2->inode_size);
    file->inode->deleted = now > file->ext2->inodes ? now : 0; /* a small one would be a list's */
    ext2_file_changed(file);
    ext2_write_first(file->buffer);
    return ext2_inode_give(file->ext2, file->number, is_directory);
}

/** Takes one of a file's names from its count of links. @param all all of them: a directory's */
void ext2_file_lose(struct ext2_file *file, bool all)
{
    if (file->inode->links == 0) {
        ext2_damage(file->ext2, file->number, "it had a name, but the number of links", 0);
        return;
    }
    file->inode->links = all ? 0 : (uint16_t)(file->inode->links - 1);
    file->inode->changed = ext2_now();
    file->ext2->orphans += file->inode->links == 0;
    ext2_file_changed(file);
}

/** Counts the ".." of a directory that comes into another one, or leaves it. @param more 1 or -1 */
void ext2_parent_count(struct ext2_file *parent, int more)
{
    if (more < 0 && parent->inode->links <= DIRECTORY_LINKS) {
        ext2_damage(parent->ext2, parent->number, "it had a directory, but the number of links",
                    parent->inode->links);
        return;
    }
    parent->inode->links = (uint16_t)(parent->inode->links + more);
    ext2_file_changed(parent);
}

/** The last reference to a node goes; see struct file_system. A file that cannot be freed stays an
 * orphan: the disk is not marked as clean, and the next mount frees it. */
void ext2_release(struct node *node)
{
    struct ext2 *ext2 = node->mount->data;
    struct ext2_file file;

    if (node->status.links == 0 && ext2_begin(ext2) == 0 &&
        ext2_file_get(ext2, (uint32_t)node->number, &file) == 0) {
        ext2->orphans -= ext2_file_free(&file) == 0;
        ext2_file_put(&file);
    }
}

/** A name that is to go, with its directory and its file. */
struct removal {
    struct ext2_file parent, file;
    struct ext2_place place;
};

static void end(struct removal *removal, struct node *directory, struct node *node)
{
    ext2_status(&removal->parent, directory);
    ext2_status(&removal->file, node);
    buffer_put(removal->place.buffer);
    ext2_file_put(&removal->file);
    ext2_file_put(&removal->parent);
}

/** Gets all that a removal is about. @return 0: to be given back with end(); an error */
static int begin(struct removal *removal, struct node *directory, const char *name, size_t length,
                 const struct node *node)
{
    struct ext2 *ext2 = directory->mount->data;
    int error = ext2_begin(ext2);

    if (error == 0) {
        error = ext2_directory_get(directory, &removal->parent);
    }
    if (error != 0) {
        return error;
    }
    error = ext2_file_get(ext2, (uint32_t)node->number, &removal->file);
    if (error != 0) {
        ext2_file_put(&removal->parent);
        return error;
    }
    error = ext2_directory_find(&removal->parent, name, length, &removal->place);
    if (error == 0 && ext2_entry_at(&removal->place)->inode != node->number) {
        buffer_put(removal->place.buffer);
        error = ENOENT;
    }
    if (error != 0) {
        ext2_file_put(&removal->file);
        ext2_file_put(&removal->parent);
    }
    return error;
}

/** Takes a name away; see struct file_system. */
int ext2_unlink(struct node *directory, const char *name, size_t length, struct node *node)
{
    struct removal removal;
    int error = begin(&removal, directory, name, length, node);

    if (error == 0) {
        ext2_entry_remove(&removal.parent, &removal.place);
        ext2_write_first(removal.place.buffer);
        ext2_file_lose(&removal.file, false);
        end(&removal, directory, node);
    }
    return error;
}

/** Takes an empty directory away; see struct file_system. */
int ext2_rmdir(struct node *directory, const char *name, size_t length, struct node *node)
{
    struct removal removal;
    int error = begin(&removal, directory, name, length, node);

    if (error != 0) {
        return error;
    }
    error = ext2_directory_is_empty(&removal.file);
    if (error == 0) {
        ext2_entry_remove(&removal.parent, &removal.place);
        ext2_write_first(removal.place.buffer);
        ext2_file_lose(&removal.file, true);
        ext2_parent_count(&removal.parent, -1);
    }
    end(&removal, directory, node);
    return error;
}
