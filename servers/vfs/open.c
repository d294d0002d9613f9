/**
 * @file
 * FILE_OPEN and FILE_CLOSE.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "handlers.h"
#include "mounts.h"
#include "names.h"
#include "path.h"

#define PERMISSIONS 07777u /* of a mode */
#define TRIES 8u           /* how often somebody else may make or remove the file meanwhile */

/** What is to be opened, and how. */
struct opening {
    unsigned flags, mode;
    struct path path;
};

/** @return whether a file is to be changed by opening it, or later */
static bool wants_to_write(unsigned flags)
{
    return (flags & O_ACCMODE) != O_RDONLY || flags & O_TRUNC;
}

static bool is_missing(const struct client *client)
{
    for (uint64_t i = 0; i < FILE_DESCRIPTORS; i++) {
        if (descriptor_find(&client->descriptors, i) == NULL) {
            return false;
        }
    }
    return true;
}

/** Says what is wrong with opening a file that is there. */
static int check(const struct opening *opening)
{
    const struct node *node = opening->path.node;
    unsigned flags = opening->flags;
    mode_t mode = node->status.mode;
    bool is_special = !S_ISREG(mode) && !S_ISDIR(mode);

    if (opening->path.rest_length > 0) { /* a device's affair, which has no directories */
        bool is_device = S_ISCHR(mode) && node->mount->file_system->open != NULL;

        return is_device && !(flags & O_DIRECTORY) ? 0 : ENOTDIR;
    }
    if (flags & O_CREAT && flags & O_EXCL) {
        return EEXIST;
    }
    if (flags & O_DIRECTORY && !S_ISDIR(mode)) {
        return ENOTDIR;
    }
    if (S_ISLNK(mode)) {
        return ELOOP;
    }
    if (S_ISDIR(mode) && (wants_to_write(flags) || flags & O_CREAT)) {
        return EISDIR;
    }
    if (is_special && node->mount->file_system->open == NULL) {
        return ENXIO;
    }
    return node->mount->is_read_only && wants_to_write(flags) ? EROFS : 0;
}

/** Makes the file, which was not there. */
static int make(struct opening *opening)
{
    struct path *path = &opening->path;
    uint64_t number;
    int error;

    if (path->has_slash) {
        return ENOENT;
    }
    mount_lock_write(path->directory->mount);
    error = name_create(path, S_IFREG | (opening->mode & PERMISSIONS), NULL, &number);
    if (error == 0) {
        error = node_get(path->directory->mount, number, &path->node);
    }
    rw_unlock_write(&path->directory->mount->lock);
    return error;
}

/** Makes a regular file empty. Its times change also if it is empty already. */
static int make_empty(struct node *node)
{
    int error;

    mount_lock_write(node->mount);
    error = node->mount->file_system->truncate(node, 0);
    rw_unlock_write(&node->mount->lock);
    return error;
}

/** Makes an open file of what was found or made, and a descriptor for it. */
static int finish(struct request *request, const struct opening *opening)
{
    const struct path *path = &opening->path;
    const struct file_system *file_system = path->node->mount->file_system;
    struct open_file *file;
    int error = open_file_make(&node_file_kind, path->node, opening->flags, &file);

    if (error != 0) {
        return error;
    }
    if (file_system->open != NULL) {
        error = file_system->open(path->node, path->rest, path->rest_length, opening->flags, file);
    }
    if (error != 0) {
        file->kind = &node_file_kind; /* nothing was opened, so there is nothing to close */
    } else {
        error = descriptor_take(&request->client->descriptors, file, 0, &request->answer[0]);
    }
    open_file_put(file);
    return error;
}

/** Opens the file if it is there. */
static int open_found(struct request *request, struct opening *opening)
{
    struct node *node = opening->path.node;
    int error = check(opening);

    if (error == 0 && opening->flags & O_TRUNC && S_ISREG(node->status.mode)) {
        error = make_empty(node);
    }
    return error == 0 ? finish(request, opening) : error;
}

/** Finds the file, or makes it, and opens it. @return also EAGAIN: somebody has made it
 * meanwhile */
static int try(struct request *request, struct opening *opening, struct span span)
{
    unsigned flags = opening->flags, walk = PATH_REST;
    int error;

    if (!(flags & O_NOFOLLOW) && !(flags & O_CREAT && flags & O_EXCL)) {
        walk |= PATH_FOLLOW;
    }
    if (flags & O_CREAT) {
        walk |= PATH_MAY_LACK;
    }
    error = path_walk(request->client, span.text, span.length, walk, &opening->path);
    if (error != 0) {
        return error;
    }
    if (opening->path.node != NULL) {
        error = open_found(request, opening);
    } else {
        error = make(opening);
        if (error == 0) {
            error = finish(request, opening);
        } else if (error == EEXIST && !(flags & O_EXCL)) {
            error = EAGAIN;
        }
    }
    path_leave(&opening->path);
    return error;
}

/** Opens a file: see proto.h. */
int file_open(struct request *request)
{
    struct opening opening = {.flags = (unsigned)request->words[1],
                              .mode = (unsigned)request->words[2] & ~request->client->umask};
    struct span span;
    int error = request_spans(request, 1, &span);

    if (error != 0) {
        return error;
    }
    if (request->words[1] & ~(uint64_t)O_FLAGS || (opening.flags & O_ACCMODE) == O_ACCMODE ||
        (opening.flags & O_CREAT && opening.flags & O_DIRECTORY)) {
        return EINVAL;
    }
    if (is_missing(request->client)) {
        return EMFILE;
    }
    error = EAGAIN;
    for (unsigned i = 0; i < TRIES && error == EAGAIN; i++) {
        error = try(request, &opening, span);
    }
    return error;
}

/** Closes a descriptor: see proto.h. */
int file_close(struct request *request)
{
    struct open_file *file = descriptor_drop(&request->client->descriptors, request->words[0]);

    if (file == NULL) {
        return EBADF;
    }
    open_file_put(file);
    return 0;
}
