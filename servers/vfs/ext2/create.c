/**
 * @file
 * ext2: new files, directories and symbolic links.
 *
 * All that can be refused comes first: room in the directory, an inode, blocks. The name comes
 * last; the inode that it leads to is on the disk before. A directory's name is written at once:
 * files may be moved there, and their old names go.
 */
#include "vfs/ext2/ext2.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/** What is to be made. */
struct plan {
    struct ext2_file *parent;
    uint32_t mode;
    const char *target; /* of a symbolic link */
};

/** Gives a new file what it begins with. */
static int begin(const struct plan *plan, struct ext2_file *file)
{
    if (S_ISDIR(plan->mode)) {
        file->inode->links = 2; /* its name, and its own "." */
        return ext2_directory_begin(file, plan->parent->number);
    }
    file->inode->links = 1;
    return S_ISLNK(plan->mode) ? ext2_symlink_begin(file, plan->target) : 0;
}

/** Makes a file that has no name yet. @param file set; to be given back */
static int make(const struct plan *plan, struct ext2_file *file)
{
    struct ext2 *ext2 = plan->parent->ext2;
    uint32_t number;
    int error = ext2_inode_take(ext2, plan->parent->number, S_ISDIR(plan->mode), &number);

    if (error != 0) {
        return error;
    }
    error = ext2_file_new(ext2, number, plan->mode, file);
    if (error != 0) {
        ext2_inode_give(ext2, number, S_ISDIR(plan->mode));
        return error;
    }
    error = begin(plan, file);
    if (error != 0) {
        ext2_file_free(file);
        ext2_file_put(file);
        return error;
    }
    ext2_write_first(file->buffer);
    return 0;
}

/** Makes a file with a name. */
static int make_named(const struct plan *plan, const char *name, size_t length, uint64_t *number)
{
    struct ext2_place place;
    struct ext2_file file;
    int error = ext2_directory_room(plan->parent, length, &place);

    if (error != 0) {
        return error;
    }
    error = make(plan, &file);
    if (error == 0) {
        if (S_ISDIR(plan->mode)) {
            ext2_parent_count(plan->parent, 1);
            ext2_write_first(plan->parent->buffer);
        }
        ext2_entry_put(plan->parent, &place, name, length, &file);
        if (S_ISDIR(plan->mode)) {
            ext2_write_first(place.buffer);
        }
        *number = file.number;
        ext2_file_put(&file);
    }
    buffer_put(place.buffer);
    return error;
}

/** @return 0: a name is free; EEXIST; EIO; ENOMEM */
static int check_free(const struct ext2_file *parent, const char *name, size_t length)
{
    struct ext2_place place;
    int error = ext2_directory_find(parent, name, length, &place);

    if (error == 0) {
        buffer_put(place.buffer);
        return EEXIST;
    }
    return error == ENOENT ? 0 : error;
}

/** Makes a file, a directory or a symbolic link; see struct file_system. */
int ext2_create(struct node *directory, const char *name, size_t length, uint32_t mode,
                const char *target, uint64_t *number)
{
    struct ext2_file parent;
    const struct plan plan = {&parent, mode, target};
    int error = ext2_begin(directory->mount->data);

    if (error == 0) {
        error = ext2_directory_get(directory, &parent);
    }
    if (error != 0) {
        return error;
    }
    error = check_free(&parent, name, length);
    if (error == 0 && S_ISDIR(mode) && parent.inode->links >= EXT2_LINKS_MAX) {
        error = EMLINK;
    }
    if (error == 0) {
        error = make_named(&plan, name, length, number);
    }
    ext2_status(&parent, directory);
    ext2_file_put(&parent);
    return error;
}

/** Gives a file one name more. */
static int link_file(struct ext2_file *parent, const char *name, size_t length,
                     struct ext2_file *file)
{
    struct ext2_place place;
    int error = check_free(parent, name, length);

    if (error == 0 && file->inode->links == 0) {
        error = ENOENT;
    }
    if (error == 0 && file->inode->links >= EXT2_LINKS_MAX) {
        error = EMLINK;
    }
    if (error == 0) {
        error = ext2_directory_room(parent, length, &place);
    }
    if (error == 0) {
        file->inode->links++;
        file->inode->changed = ext2_now();
        ext2_file_changed(file);
        ext2_write_first(file->buffer);
        ext2_entry_put(parent, &place, name, length, file);
        ext2_write_first(place.buffer); /* the old name may go next */
        buffer_put(place.buffer);
    }
    return error;
}

/** Gives a file one name more; see struct file_system. */
int ext2_link(struct node *directory, const char *name, size_t length, struct node *node)
{
    struct ext2 *ext2 = directory->mount->data;
    struct ext2_file parent, file;
    int error = ext2_begin(ext2);

    if (error == 0) {
        error = ext2_directory_get(directory, &parent);
    }
    if (error != 0) {
        return error;
    }
    error = ext2_file_get(ext2, (uint32_t)node->number, &file);
    if (error == 0) {
        error = link_file(&parent, name, length, &file);
        ext2_status(&file, node);
        ext2_file_put(&file);
    }
    ext2_status(&parent, directory);
    ext2_file_put(&parent);
    return error;
}
