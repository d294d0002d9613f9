/**
 * @file
 * FILE_RENAME.
 */
#include <errno.h>

#include "handlers.h"
#include "mounts.h"
#include "names.h"

#define STEPS_MAX 65536u /* upwards, before a file system is taken for damaged */

/** The two paths of a request, and what their names stand for now. */
struct renaming {
    struct path from, to;
    struct node *node;     /**< NULL: not found */
    struct node *replaced; /**< NULL: there is none */
};

/** @return whether a directory is another one, or above it. The lock is held */
static int is_above(const struct node *node, struct node *below, bool *is)
{
    struct mount *mount = below->mount;
    struct node *at = node_hold(below), *above = NULL;
    uint64_t number;
    int error = 0;

    for (unsigned steps = 0; error == 0 && at != node && at != mount->root; steps++) {
        error = steps < STEPS_MAX ? mount->file_system->lookup(at, "..", 2, &number) : EIO;
        if (error == 0) {
            error = node_get(mount, number, &above);
        }
        if (error == 0) {
            node_put_locked(at);
            at = above;
        }
    }
    *is = at == node;
    node_put_locked(at);
    return error;
}

/** Says what is wrong with what the names stand for. The lock is held to write. */
static int check(const struct renaming *renaming)
{
    const struct node *node = renaming->node, *replaced = renaming->replaced;
    bool is = false;
    int error = 0;

    if (!node_is_directory(node)) {
        if (renaming->from.has_slash || renaming->to.has_slash) {
            return ENOTDIR;
        }
        return replaced != NULL && node_is_directory(replaced) ? EISDIR : 0;
    }
    error = is_above(node, renaming->to.directory, &is);
    if (error != 0 || is) {
        return error != 0 ? error : EINVAL;
    }
    if (replaced != NULL && !node_is_directory(replaced)) {
        return ENOTDIR;
    }
    return node->mounted != NULL || (replaced != NULL && replaced->mounted != NULL) ? EBUSY : 0;
}

/** Finds what the names stand for, and renames. The lock is held to write. */
static int rename(struct renaming *renaming)
{
    const struct path *from = &renaming->from, *to = &renaming->to;
    const struct mount *mount = from->directory->mount;
    int error = name_find(from, &renaming->node);

    if (error != 0) {
        return error;
    }
    error = name_find(to, &renaming->replaced);
    if (error != 0 && (error != ENOENT || to->directory->status.links == 0)) {
        return error;
    }
    error = check(renaming);
    if (error != 0 || renaming->node == renaming->replaced) {
        return error;
    }
    if (mount->is_read_only || mount->file_system->rename == NULL) {
        return EROFS;
    }
    return mount->file_system->rename(from->directory, from->name, from->name_length,
                                      renaming->node, to->directory, to->name, to->name_length,
                                      renaming->replaced);
}

/** Renames when both paths have been walked. */
static int serve(struct renaming *renaming)
{
    struct mount *mount;
    int error;

    if (renaming->from.last != PATH_NAME || renaming->to.last != PATH_NAME) {
        bool is_root = renaming->from.last == PATH_ROOT || renaming->to.last == PATH_ROOT;

        return is_root ? EBUSY : EINVAL;
    }
    mount = renaming->from.directory->mount;
    if (mount != renaming->to.directory->mount) {
        return EXDEV;
    }
    mount_lock_write(mount);
    error = rename(renaming);
    rw_unlock_write(&mount->lock);
    if (renaming->node != NULL) {
        node_put(renaming->node);
    }
    if (renaming->replaced != NULL) {
        node_put(renaming->replaced);
    }
    return error;
}

/** Gives a file another name, maybe in another directory: see proto.h. */
int file_rename(struct request *request)
{
    struct renaming renaming;
    struct span spans[2];
    int error = request_spans(request, 2, spans);

    if (error != 0) {
        return error;
    }
    error = name_walk(request->client, spans[0].text, spans[0].length, &renaming.from);
    if (error != 0) {
        return error;
    }
    error = name_walk(request->client, spans[1].text, spans[1].length, &renaming.to);
    if (error == 0) {
        renaming.node = NULL;
        renaming.replaced = NULL;
        error = serve(&renaming);
        path_leave(&renaming.to);
    }
    path_leave(&renaming.from);
    return error;
}
