/**
 * @file
 * Open files of file systems: reading and writing a node's contents.
 */
#include <errno.h>
#include <sys/stat.h>

#include "mounts.h"
#include "open_file.h"

static int read(struct open_file *file, uint64_t offset, void *to, size_t size, size_t *done)
{
    struct node *node = file->node;
    int error;

    if (node_is_directory(node)) {
        return EISDIR;
    }
    if (node->mount->file_system->read == NULL) {
        return EINVAL;
    }
    rw_lock_read(&node->mount->lock);
    error = node->mount->file_system->read(node, offset, to, size, done);
    rw_unlock_read(&node->mount->lock);
    return error;
}

/** Writes; the lock is held, so what is at the end now stays there until it is done. */
static int write_locked(struct open_file *file, uint64_t *offset, const void *from, size_t size,
                        size_t *done)
{
    struct node *node = file->node;

    if (node->mount->is_read_only) {
        return EROFS; /* since it was opened: the file system has found damage */
    }
    if (*offset == FILE_CURRENT) {
        *offset = S_ISREG(node->status.mode) ? node->status.size : 0;
    }
    if (*offset > INT64_MAX - size) {
        return EFBIG;
    }
    return node->mount->file_system->write(node, *offset, from, size, done);
}

static int write(struct open_file *file, uint64_t *offset, const void *from, size_t size,
                 size_t *done)
{
    struct node *node = file->node;
    int error;

    if (node->mount->file_system->write == NULL) {
        return EROFS;
    }
    if (size == 0) {
        return 0;
    }
    mount_lock_write(node->mount);
    error = write_locked(file, offset, from, size, done);
    rw_unlock_write(&node->mount->lock);
    return error;
}

const struct file_kind node_file_kind = {.can_seek = true, .read = read, .write = write};
