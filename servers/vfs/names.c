/**
 * @file
 * Names in directories. The mount's lock is held to write from finding a name to changing it: what
 * a walk has seen on its way may be out of date by then.
 */
#include "names.h"

#include <errno.h>
#include <sys/stat.h>

/** Walks to the directory of a path's last name. @return as path_walk() */
int name_walk(const struct client *client, const char *text, size_t length, struct path *path)
{
    return path_walk(client, text, length, PATH_PARENT, path);
}

/**
 * Finds what a path's last name names now. The lock is held.
 *
 * @param found  set; NULL when there is none. Give it back with node_put(), without the lock
 * @return 0; ENOENT: none, or the directory itself was removed; what the file system says
 */
int name_find(const struct path *path, struct node **found)
{
    struct node *directory = path->directory;
    uint64_t number;
    int error;

    *found = NULL;
    if (directory->status.links == 0) {
        return ENOENT;
    }
    error =
        directory->mount->file_system->lookup(directory, path->name, path->name_length, &number);
    return error == 0 ? node_get(directory->mount, number, found) : error;
}

/**
 * Makes a file, a directory or a symbolic link. The lock is held to write.
 *
 * @param path    where; its last name is one
 * @param mode    kind and permissions
 * @param target  of a symbolic link, else NULL
 * @param number  set
 * @return 0; EEXIST; ENOENT: the directory was removed; EROFS; what the file system says
 */
int name_create(const struct path *path, uint32_t mode, const char *target, uint64_t *number)
{
    struct node *directory = path->directory;
    const struct file_system *file_system = directory->mount->file_system;
    int error;

    if (directory->status.links == 0) {
        return ENOENT;
    }
    error = file_system->lookup(directory, path->name, path->name_length, number);
    if (error != ENOENT) {
        return error == 0 ? EEXIST : error;
    }
    if (path->has_slash && !S_ISDIR(mode)) {
        return ENOENT;
    }
    if (directory->mount->is_read_only || file_system->create == NULL) {
        return EROFS;
    }
    return file_system->create(directory, path->name, path->name_length, mode, target, number);
}
