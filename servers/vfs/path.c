/**
 * @file
 * Paths: IEEE 1003.1, 4.13 Pathname Resolution.
 *
 * A walk stands in a directory and takes one name after the other. A symbolic link's target takes
 * its name's place in the text. The lock of a mount is held while a name is looked up, and no
 * longer; the walk refers to the node it stands in.
 */
#include "path.h"

#include <errno.h>
#include <string.h>

#include "clients.h"
#include "mounts.h"

/** Takes in a path. */
static int begin(const struct client *client, const char *text, size_t length, struct path *path)
{
    if (length == 0) {
        return ENOENT;
    }
    if (length > FILE_PATH_MAX) {
        return ENAMETOOLONG;
    }
    if (memchr(text, '\0', length) != NULL) {
        return EINVAL;
    }
    memcpy(path->text, text, length);
    path->end = length;
    path->node = node_hold(text[0] == '/' ? mounts_top() : client->directory);
    return 0;
}

/** Moves over slashes. @return whether there were any */
static bool skip_slashes(struct path *path)
{
    size_t before = path->next;

    while (path->next < path->end && path->text[path->next] == '/') {
        path->next++;
    }
    return path->next > before;
}

/** Takes the next name: up to a slash or the end, and the slashes behind it. */
static int take_name(struct path *path)
{
    const char *name = path->text + path->next;
    const char *slash = memchr(name, '/', path->end - path->next);

    path->name = name;
    path->name_length = slash != NULL ? (size_t)(slash - name) : path->end - path->next;
    path->next += path->name_length;
    path->has_slash = skip_slashes(path);
    path->last = PATH_NAME;
    if (path->name_length == 1 && name[0] == '.') {
        path->last = PATH_DOT;
    } else if (path->name_length == 2 && name[0] == '.' && name[1] == '.') {
        path->last = PATH_DOT_DOT;
    }
    return path->name_length > FILE_NAME_MAX ? ENAMETOOLONG : 0;
}

/** Looks a name up in a directory. @param found set; NULL: there is none of this name */
static int look_up(struct node *directory, const char *name, size_t length, struct node **found)
{
    struct mount *mount = directory->mount;
    uint64_t number = 0;
    int error = ENOENT;

    *found = NULL;
    rw_lock_read(&mount->lock);
    if (directory->status.links > 0) { /* else it was removed */
        error = mount->file_system->lookup(directory, name, length, &number);
        if (error == 0) {
            error = node_get(mount, number, found);
        }
    }
    rw_unlock_read(&mount->lock);
    return error;
}

/** Goes to the directory above. */
static int go_up(struct path *path)
{
    struct node *above = NULL;
    int error;

    /* from a mount's root to the directory that it covers */
    while (!mounts_is_top(path->node) && path->node == path->node->mount->root) {
        above = node_hold(path->node->mount->covered);
        node_put(path->node);
        path->node = above;
    }
    if (mounts_is_top(path->node)) {
        return 0;
    }
    error = look_up(path->node, "..", 2, &above);
    if (error == 0) {
        node_put(path->node);
        path->node = node_hold(mounts_cross(above));
        node_put(above);
    }
    return error;
}

/** Puts a symbolic link's target in the place of its name; the walk stands where the link is. */
static int follow(struct path *path, struct node *link)
{
    char target[FILE_PATH_MAX];
    size_t length = 0, rest = path->end - path->next;
    int error;

    path->links++;
    if (path->links > FILE_LINKS_MAX) {
        return ELOOP;
    }
    rw_lock_read(&link->mount->lock);
    error = link->mount->file_system->readlink(link, target, &length);
    rw_unlock_read(&link->mount->lock);
    if (error != 0) {
        return error;
    }
    if (length == 0) {
        return ENOENT;
    }
    if (length + 1 + rest > sizeof(path->text)) {
        return ENAMETOOLONG;
    }
    memmove(path->text + length + 1, path->text + path->next, rest);
    memcpy(path->text, target, length);
    path->text[length] = '/';
    path->next = 0;
    path->last = PATH_ROOT; /* unless a name follows */
    path->end = length + (path->has_slash ? 1 + rest : 0);
    if (target[0] == '/') {
        node_put(path->node);
        path->node = node_hold(mounts_top());
    }
    return 0;
}

/** @return whether the name that was taken last is the path's last one */
static bool is_last(const struct path *path)
{
    return path->next == path->end;
}

/** Ends the walk at a name: what it names may be there or not. */
static int arrive(struct path *path, struct node *found)
{
    path->directory = path->node;
    path->node = found;
    if (found != NULL && path->has_slash && !node_is_directory(found)) {
        return ENOTDIR;
    }
    return 0;
}

/** Goes on to what a name names, and ends the walk if that is the last one. */
static int go_on(struct path *path, struct node *found)
{
    struct node *child = node_hold(mounts_cross(found));

    node_put(found);
    if (is_last(path)) {
        return arrive(path, child);
    }
    if (!node_is_directory(child) && path->flags & PATH_REST) {
        path->rest = path->text + path->next;
        path->rest_length = path->end - path->next;
        path->next = path->end;
        path->has_slash = false;
        return arrive(path, child);
    }
    node_put(path->node);
    path->node = child;
    return 0;
}

/** Goes on by a name that is neither "." nor "..". */
static int step(struct path *path)
{
    struct node *found = NULL;
    bool follows;
    int error;

    if (is_last(path) && path->flags & PATH_PARENT) {
        return arrive(path, NULL);
    }
    error = look_up(path->node, path->name, path->name_length, &found);
    if (error == ENOENT && is_last(path) && path->flags & PATH_MAY_LACK &&
        path->node->status.links > 0) {
        return arrive(path, NULL);
    }
    if (error != 0) {
        return error;
    }
    follows = !is_last(path) || path->has_slash || path->flags & PATH_FOLLOW;
    if (!node_is_link(found) || !follows) {
        return go_on(path, found);
    }
    error = follow(path, found);
    node_put(found);
    return error;
}

/** Walks up to the end. */
static int walk(struct path *path)
{
    int error = 0;

    path->last = PATH_ROOT;
    skip_slashes(path);
    while (error == 0 && path->next < path->end) {
        if (!node_is_directory(path->node)) {
            return ENOTDIR;
        }
        skip_slashes(path); /* of a symbolic link's target */
        if (is_last(path)) {
            break;
        }
        error = take_name(path);
        if (error == 0 && path->last == PATH_NAME) {
            error = step(path);
        } else if (error == 0 && path->last == PATH_DOT_DOT) {
            error = go_up(path);
        }
    }
    return error;
}

/**
 * Walks along a path. May sleep.
 *
 * @param client  whose current directory counts
 * @param text    the path
 * @param length  in bytes; any
 * @param flags   a sum of enum path_flag
 * @param path    set; after 0 to be given to path_leave()
 * @return 0; ENOENT; ENOTDIR; ENAMETOOLONG; ELOOP; EINVAL: a NUL in the path; what file systems say
 */
int path_walk(const struct client *client, const void *text, size_t length, unsigned flags,
              struct path *path)
{
    int error;

    path->directory = NULL;
    path->node = NULL;
    path->has_slash = false;
    path->name_length = 0;
    path->rest_length = 0;
    path->links = 0;
    path->next = 0;
    path->flags = flags;
    error = begin(client, text, length, path);
    if (error == 0) {
        error = walk(path);
        if (error != 0) {
            path_leave(path);
        }
    }
    return error;
}

/** Gives back what a path refers to. May sleep. */
void path_leave(struct path *path)
{
    if (path->directory != NULL) {
        node_put(path->directory);
    }
    if (path->node != NULL) {
        node_put(path->node);
    }
}

/**
 * Finds what a path names. May sleep.
 *
 * @param flags  PATH_FOLLOW, or 0: a symbolic link at the end is found itself
 * @param node   set; give it back with node_put()
 * @return as path_walk()
 */
int path_find(const struct client *client, const void *text, size_t length, unsigned flags,
              struct node **node)
{
    struct path path;
    int error = path_walk(client, text, length, flags, &path);

    if (error == 0) {
        *node = node_hold(path.node);
        path_leave(&path);
    }
    return error;
}
