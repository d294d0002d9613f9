/**
 * @file
 * The path of a directory: from it upwards, each one's name is looked for in the one above. So it
 * is right also when directories on the way have got other names.
 */
#include "node_path.h"

#include <errno.h>
#include <string.h>

#include "mounts.h"

/** A path that grows in front. */
struct path_text {
    char *to;
    size_t first; /**< index of its first character */
};

static int put_in_front(struct path_text *text, const char *name, size_t length)
{
    if (length + 1 > text->first) {
        return ENAMETOOLONG;
    }
    text->first -= length + 1;
    text->to[text->first] = '/';
    memcpy(text->to + text->first + 1, name, length);
    return 0;
}

/** @return whether an entry is "." or ".." */
static bool is_dots(const struct file_entry *entry)
{
    return entry->name[0] == '.' &&
           (entry->name_length == 1 || (entry->name_length == 2 && entry->name[1] == '.'));
}

/** Finds the name by which one directory stands in another. The lock is held. */
static int put_name(struct node *above, uint64_t number, struct path_text *text)
{
    uint64_t room[(sizeof(struct file_entry) + FILE_NAME_MAX + 1) / sizeof(uint64_t) + 2];
    struct file_entry *entry = (struct file_entry *)room;
    uint64_t position = 0;
    int error;

    do {
        error = above->mount->file_system->readdir(above, &position, entry);
    } while (error == 0 && (entry->inode != number || is_dots(entry)));
    return error == 0 ? put_in_front(text, entry->name, entry->name_length) : error;
}

/** Gets the directory above one, and puts the one's name in front. The lock is held. */
static int find_above(struct node *directory, struct path_text *text, struct node **above)
{
    struct mount *mount = directory->mount;
    uint64_t number;
    int error;

    if (directory->status.links == 0) {
        return ENOENT;
    }
    error = mount->file_system->lookup(directory, "..", 2, &number);
    if (error == 0) {
        error = node_get(mount, number, above);
    }
    return error == 0 ? put_name(*above, directory->number, text) : error;
}

/** Moves one directory up. @param at the caller's reference moves along */
static int go_up(struct node **at, struct path_text *text)
{
    struct node *from = *at, *above = NULL;
    struct mount *mount = from->mount;
    int error;

    if (from == mount->root) {
        *at = node_hold(mount->covered);
        node_put(from);
        return 0;
    }
    rw_lock_read(&mount->lock);
    error = find_above(from, text, &above);
    rw_unlock_read(&mount->lock);
    if (above != NULL) {
        *at = above;
        node_put(from);
    }
    return error;
}

/**
 * Finds the path of a directory. May sleep.
 *
 * @param directory  the caller refers to it
 * @param to         set to the path, without a NUL
 * @param size       of that, at least 1
 * @param length     set to the path's length
 * @return 0; ENOENT: it, or one above it, was removed; ENAMETOOLONG; what file systems say
 */
int node_path(struct node *directory, char *to, size_t size, size_t *length)
{
    struct path_text text = {to, size};
    struct node *at = node_hold(directory);
    int error = 0;

    while (error == 0 && !mounts_is_top(at)) {
        error = go_up(&at, &text);
    }
    node_put(at);
    if (error == 0 && text.first == size) {
        error = put_in_front(&text, "", 0);
    }
    if (error == 0) {
        *length = size - text.first;
        memmove(to, to + text.first, *length);
    }
    return error;
}
