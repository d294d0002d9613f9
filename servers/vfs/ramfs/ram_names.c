/**
 * @file
 * The file system in memory: making and removing files and names.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "vfs/clock.h"
#include "vfs/ramfs/ramfs.h"

/** Notes that a directory's names have changed. */
static void touch(struct node *directory)
{
    directory->status.modified = clock_seconds();
    directory->status.changed = directory->status.modified;
}

/** Notes that a file's number of names has changed. */
static void add_links(struct node *node, int change)
{
    node->status.links += (uint32_t)change;
    node->status.changed = clock_seconds();
}

/** Makes a file, and gives it its name: see node.h. */
int ram_create(struct node *directory, const char *name, size_t length, uint32_t mode,
               const char *target, uint64_t *number)
{
    struct ram_file *file = ram_file_make(directory->mount, mode);
    int error = 0;

    if (file == NULL) {
        return ENOSPC;
    }
    file->above = directory->number;
    *number = ram_file_number(file);
    if (target != NULL) {
        error = ram_contents_set(file, target, strlen(target));
    }
    if (error == 0) {
        error = ram_entry_add(ram_file_of(directory), name, length, *number);
    }
    if (error != 0) {
        ram_file_free(file);
        return error;
    }
    directory->status.links += S_ISDIR(mode) ? 1 : 0;
    touch(directory);
    return 0;
}

/** Gives a file a name more: see node.h. */
int ram_link(struct node *directory, const char *name, size_t length, struct node *node)
{
    int error = ram_entry_add(ram_file_of(directory), name, length, node->number);

    if (error == 0) {
        add_links(node, 1);
        touch(directory);
    }
    return error;
}

/** Takes a name away that is there. */
static void remove(struct node *directory, const char *name, size_t length)
{
    struct ram_file *file = ram_file_of(directory);

    ram_entry_remove(file, ram_entry_find(file, name, length));
    touch(directory);
}

/** Takes a file's name away: see node.h. */
int ram_unlink(struct node *directory, const char *name, size_t length, struct node *node)
{
    remove(directory, name, length);
    add_links(node, -1);
    return 0;
}

/** Removes an empty directory: see node.h. */
int ram_rmdir(struct node *directory, const char *name, size_t length, struct node *node)
{
    if (ram_file_of(node)->first != NULL) {
        return ENOTEMPTY;
    }
    remove(directory, name, length);
    add_links(node, -2);
    directory->status.links--;
    return 0;
}

/** Makes a name stand for another file. */
static void replace(struct node *directory, const char *name, size_t length,
                    const struct node *node, struct node *replaced)
{
    ram_entry_find(ram_file_of(directory), name, length)->number = node->number;
    if (node_is_directory(replaced)) {
        add_links(replaced, -2);
        directory->status.links--;
    } else {
        add_links(replaced, -1);
    }
}

/** Moves a name: see node.h. */
int ram_rename(struct node *from, const char *name, size_t length, struct node *node,
               struct node *to, const char *new_name, size_t new_length, struct node *replaced)
{
    int error = 0;

    if (replaced == NULL) {
        error = ram_entry_add(ram_file_of(to), new_name, new_length, node->number);
    } else if (node_is_directory(replaced) && ram_file_of(replaced)->first != NULL) {
        error = ENOTEMPTY;
    } else {
        replace(to, new_name, new_length, node, replaced);
    }
    if (error != 0) {
        return error;
    }
    remove(from, name, length);
    touch(to);
    node->status.changed = clock_seconds();
    if (node_is_directory(node)) {
        ram_file_of(node)->above = to->number;
        from->status.links--;
        to->status.links++;
    }
    return 0;
}
