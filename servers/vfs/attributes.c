/**
 * @file
 * FILE_TRUNCATE, FILE_FTRUNCATE, FILE_CHMOD and FILE_UTIME.
 */
#include <errno.h>
#include <sys/stat.h>

#include "clock.h"
#include "handlers.h"
#include "mounts.h"
#include "path.h"

#define PERMISSIONS 07777u /* of a mode */

/** Gives a file a size. */
static int truncate(struct node *node, uint64_t size)
{
    const struct mount *mount = node->mount;
    int error;

    if (node_is_directory(node)) {
        return EISDIR;
    }
    if (!S_ISREG(node->status.mode)) {
        return EINVAL;
    }
    if (mount->is_read_only || mount->file_system->truncate == NULL) {
        return EROFS;
    }
    mount_lock_write(node->mount);
    error = mount->is_read_only ? EROFS : mount->file_system->truncate(node, size);
    rw_unlock_write(&node->mount->lock);
    return error;
}

/** Finds what word 0's path names, symbolic links followed. */
static int find(const struct request *request, struct node **node)
{
    struct span span;
    int error = request_spans(request, 1, &span);

    return error == 0 ? path_find(request->client, span.text, span.length, PATH_FOLLOW, node)
                      : error;
}

/** Gives a file a size, by its path: see proto.h. */
int file_truncate(struct request *request)
{
    struct node *node;
    int error = request->words[1] <= INT64_MAX ? find(request, &node) : EINVAL;

    if (error == 0) {
        error = truncate(node, request->words[1]);
        node_put(node);
    }
    return error;
}

/** Gives an open file a size: see proto.h. */
int file_ftruncate(struct request *request)
{
    struct open_file *file = request_file(request);
    int error;

    if (file == NULL) {
        return EBADF;
    }
    if (!open_file_can_write(file) || file->node == NULL || request->words[1] > INT64_MAX) {
        return EINVAL;
    }
    open_file_hold(file);
    error = truncate(file->node, request->words[1]);
    open_file_put(file);
    return error;
}

/** What is to be changed of a file's status. */
struct changes {
    bool has_mode; /**< the permissions; else the times */
    uint32_t mode;
    uint64_t accessed, modified;
};

static void apply(struct file_status *status, const struct changes *changes)
{
    if (changes->has_mode) {
        status->mode = (status->mode & S_IFMT) | (changes->mode & PERMISSIONS);
    } else {
        status->accessed = changes->accessed;
        status->modified = changes->modified;
    }
    status->changed = clock_seconds();
}

/** Changes a file's status. If the file system refuses, the status is as before. */
static int change(struct node *node, const struct changes *changes)
{
    struct mount *mount = node->mount;
    struct file_status before;
    int error = EROFS;

    mount_lock_write(mount);
    if (!mount->is_read_only && mount->file_system->change != NULL) {
        before = node->status;
        apply(&node->status, changes);
        error = mount->file_system->change(node);
        if (error != 0) {
            node->status = before;
        }
    }
    rw_unlock_write(&mount->lock);
    return error;
}

/** Finds a file, and changes its status. */
static int find_and_change(const struct request *request, const struct changes *changes)
{
    struct node *node;
    int error = find(request, &node);

    if (error == 0) {
        error = change(node, changes);
        node_put(node);
    }
    return error;
}

/** Changes a file's permissions: see proto.h. */
int file_chmod(struct request *request)
{
    struct changes changes = {.has_mode = true, .mode = (uint32_t)request->words[1]};

    return find_and_change(request, &changes);
}

/** Changes a file's times: see proto.h. */
int file_utime(struct request *request)
{
    struct changes changes = {.accessed = request->words[1], .modified = request->words[2]};

    return find_and_change(request, &changes);
}
