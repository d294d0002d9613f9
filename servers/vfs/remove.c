/**
 * @file
 * FILE_UNLINK and FILE_RMDIR.
 */
#include <errno.h>

#include "handlers.h"
#include "mounts.h"
#include "names.h"

/** Removes a name. The lock is held to write. @param node what it names */
typedef int (*remove_function)(const struct path *path, struct node *node);

static int unlink(const struct path *path, struct node *node)
{
    const struct mount *mount = node->mount;

    if (node_is_directory(node)) {
        return EPERM;
    }
    if (path->has_slash) {
        return ENOTDIR;
    }
    if (mount->is_read_only || mount->file_system->unlink == NULL) {
        return EROFS;
    }
    return mount->file_system->unlink(path->directory, path->name, path->name_length, node);
}

static int rmdir(const struct path *path, struct node *node)
{
    const struct mount *mount = node->mount;

    if (!node_is_directory(node)) {
        return ENOTDIR;
    }
    if (node->mounted != NULL) {
        return EBUSY;
    }
    if (mount->is_read_only || mount->file_system->rmdir == NULL) {
        return EROFS;
    }
    return mount->file_system->rmdir(path->directory, path->name, path->name_length, node);
}

/** Removes the last name of a path. */
static int remove(const struct path *path, remove_function function)
{
    struct mount *mount = path->directory->mount;
    struct node *node = NULL;
    int error;

    mount_lock_write(mount);
    error = name_find(path, &node);
    if (error == 0) {
        error = function(path, node);
    }
    rw_unlock_write(&mount->lock);
    if (node != NULL) {
        node_put(node); /* frees the file, if that was its last name, and nobody has it open */
    }
    return error;
}

/** Walks to a name, and removes it. @param others the error when a path ends in no name, by
 * enum path_last */
static int serve(const struct request *request, remove_function function, const int *others)
{
    struct span span;
    struct path path;
    int error = request_spans(request, 1, &span);

    if (error == 0) {
        error = name_walk(request->client, span.text, span.length, &path);
    }
    if (error != 0) {
        return error;
    }
    error = path.last == PATH_NAME ? remove(&path, function) : others[path.last];
    path_leave(&path);
    return error;
}

/** Takes a file's name away: see proto.h. */
int file_unlink(struct request *request)
{
    static const int others[] = {[PATH_ROOT] = EPERM, [PATH_DOT] = EPERM, [PATH_DOT_DOT] = EPERM};

    return serve(request, unlink, others);
}

/** Removes an empty directory: see proto.h. */
int file_rmdir(struct request *request)
{
    static const int others[] = {
        [PATH_ROOT] = EBUSY, [PATH_DOT] = EINVAL, [PATH_DOT_DOT] = ENOTEMPTY};

    return serve(request, rmdir, others);
}
