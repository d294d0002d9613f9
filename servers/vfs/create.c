/**
 * @file
 * FILE_MKDIR, FILE_SYMLINK and FILE_LINK.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "handlers.h"
#include "mounts.h"
#include "names.h"

#define DIRECTORY_PERMISSIONS 01777u /* of a mode */
#define LINK_PERMISSIONS 0777u

/** Makes something without contents at the end of a path. */
static int make(const struct client *client, struct span span, uint32_t mode, const char *target)
{
    struct path path;
    uint64_t number;
    int error = name_walk(client, span.text, span.length, &path);

    if (error != 0) {
        return error;
    }
    error = EEXIST; /* "/", "." and ".." are there */
    if (path.last == PATH_NAME) {
        mount_lock_write(path.directory->mount);
        error = name_create(&path, mode, target, &number);
        rw_unlock_write(&path.directory->mount->lock);
    }
    path_leave(&path);
    return error;
}

/** Makes a directory: see proto.h. */
int file_mkdir(struct request *request)
{
    uint32_t permissions = (uint32_t)request->words[1] & DIRECTORY_PERMISSIONS;
    struct span span;
    int error = request_spans(request, 1, &span);

    if (error != 0) {
        return error;
    }
    return make(request->client, span, S_IFDIR | (permissions & ~request->client->umask), NULL);
}

/** Makes a symbolic link: see proto.h. */
int file_symlink(struct request *request)
{
    struct span spans[2];
    char target[FILE_PATH_MAX + 1];
    int error = request_spans(request, 2, spans);

    if (error != 0) {
        return error;
    }
    if (spans[0].length == 0) {
        return ENOENT;
    }
    if (memchr(spans[0].text, '\0', spans[0].length) != NULL) {
        return EINVAL;
    }
    memcpy(target, spans[0].text, spans[0].length);
    target[spans[0].length] = '\0';
    return make(request->client, spans[1], S_IFLNK | LINK_PERMISSIONS, target);
}

/** Gives a file a name more. The lock is held to write. */
static int link(const struct path *path, struct node *node)
{
    const struct node *directory = path->directory;
    const struct file_system *file_system = directory->mount->file_system;
    uint64_t number;
    int error;

    if (directory->status.links == 0) {
        return ENOENT;
    }
    error = file_system->lookup(path->directory, path->name, path->name_length, &number);
    if (error != ENOENT) {
        return error == 0 ? EEXIST : error;
    }
    if (path->has_slash || node->status.links == 0) {
        return ENOENT;
    }
    if (node->mount != directory->mount) {
        return EXDEV;
    }
    if (node_is_directory(node)) {
        return EPERM;
    }
    if (directory->mount->is_read_only || file_system->link == NULL) {
        return EROFS;
    }
    return file_system->link(path->directory, path->name, path->name_length, node);
}

/** Gives a file a name more: see proto.h. A symbolic link is not followed: it gets the name. */
int file_link(struct request *request)
{
    struct span spans[2];
    struct node *node;
    struct path path;
    int error = request_spans(request, 2, spans);

    if (error != 0) {
        return error;
    }
    error = path_find(request->client, spans[0].text, spans[0].length, 0, &node);
    if (error != 0) {
        return error;
    }
    error = name_walk(request->client, spans[1].text, spans[1].length, &path);
    if (error == 0) {
        error = EEXIST;
        if (path.last == PATH_NAME) {
            mount_lock_write(path.directory->mount);
            error = link(&path, node);
            rw_unlock_write(&path.directory->mount->lock);
        }
        path_leave(&path);
    }
    node_put(node);
    return error;
}
