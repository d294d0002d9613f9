/**
 * @file
 * Commands about names. What the server's core has checked before it asks a file system is checked
 * here, too.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "command.h"
#include "host.h"

static int create(uint32_t mode, const char *target)
{
    struct node *parent;
    const char *name;
    uint64_t made = 0;
    int error = host_parent(command.words[1], &parent, &name);

    if (error == 0) {
        error = system_of()->create(parent, name, strlen(name), mode, target, &made);
        host_put(parent);
        snprintf(command.answer, sizeof(command.answer), "%lu", made);
    }
    return error;
}

/** Takes a name away, as the server's core does it: kinds are checked before. */
static int remove_name(const char *path, bool directory)
{
    struct node *parent, *node = NULL;
    const char *name;
    int error = host_parent(path, &parent, &name);

    if (error != 0) {
        return error;
    }
    error = host_walk(path, &node);
    if (error == 0 && S_ISDIR(node->status.mode) != directory) {
        error = directory ? ENOTDIR : EISDIR;
    } else if (error == 0) {
        error = (directory ? system_of()->rmdir : system_of()->unlink)(parent, name, strlen(name),
                                                                       node);
    }
    host_put(node);
    host_put(parent);
    return error;
}

int link_name(void)
{
    struct node *parent = NULL, *node = NULL;
    const char *name;
    int error = host_walk(command.words[1], &node);

    if (error == 0) {
        error = S_ISDIR(node->status.mode) ? EPERM : host_parent(command.words[2], &parent, &name);
    }
    if (error == 0) {
        error = system_of()->link(parent, name, strlen(name), node);
    }
    host_put(parent);
    host_put(node);
    return error;
}

/** @return whether kinds of old and new fit, and what is wrong if not */
static int check_kinds(const struct node *node, const struct node *replaced)
{
    bool is_directory = S_ISDIR(node->status.mode);

    if (replaced == NULL || S_ISDIR(replaced->status.mode) == is_directory) {
        return 0;
    }
    return is_directory ? ENOTDIR : EISDIR;
}

/** The caller sees to it that no directory goes below itself. */
int rename_name(void)
{
    struct node *from = NULL, *to = NULL, *node = NULL, *replaced = NULL;
    const char *name, *new_name;
    int error = host_parent(command.words[1], &from, &name);

    if (error == 0) {
        error = host_walk(command.words[1], &node);
    }
    if (error == 0) {
        error = host_parent(command.words[2], &to, &new_name);
    }
    if (error == 0) {
        error = host_walk(command.words[2], &replaced);
        error = error == ENOENT ? 0 : error;
    }
    if (error == 0) {
        error = check_kinds(node, replaced);
    }
    if (error == 0) {
        error = system_of()->rename(from, name, strlen(name), node, to, new_name, strlen(new_name),
                                    replaced);
    }
    host_put(replaced);
    host_put(to);
    host_put(node);
    host_put(from);
    return error;
}

int make_link(void)
{
    return create(S_IFLNK | 0777, command.words[2]);
}

int make_file(void)
{
    return create(S_IFREG | (uint32_t)(command.count > 2 ? number(2) : 0644), NULL);
}

int make_directory(void)
{
    return create(S_IFDIR | 0755, NULL);
}

int take_file(void)
{
    return remove_name(command.words[1], false);
}

int take_directory(void)
{
    return remove_name(command.words[1], true);
}
