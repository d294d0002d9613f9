/**
 * @file
 * Paths: finding what they name.
 */
#pragma once

#include "node.h"

struct client;

/** How a path's last name is treated. Sums of these. */
enum path_flag {
    PATH_FOLLOW = 1,   /**< a symbolic link there is followed */
    PATH_MAY_LACK = 2, /**< it need not exist */
    PATH_PARENT = 4,   /**< it is not looked up */
    PATH_REST = 8      /**< a file that is no directory may take what follows (devices) */
};

/** What a path ends in. */
enum path_last {
    PATH_NAME,   /**< a name */
    PATH_ROOT,   /**< nothing but slashes: "/" */
    PATH_DOT,    /**< "." */
    PATH_DOT_DOT /**< ".." */
};

/** A walk along a path, and where it has ended. Its nodes are referred to. */
struct path {
    struct node
        *directory;    /**< where the last name is, or would be; NULL unless `last` is a name */
    struct node *node; /**< what the path names; NULL: there is none, or it was not looked up */
    enum path_last last;
    bool has_slash;   /**< slashes follow the last name */
    const char *name; /**< the last name, in `text` */
    size_t name_length;
    const char *rest; /**< PATH_REST: what follows the node's name, without slashes in front */
    size_t rest_length;

    /* the rest is path.c's own */
    unsigned flags, links;
    size_t next, end; /**< of `text`: what has not been walked yet */
    char text[2 * FILE_PATH_MAX];
};

int path_walk(const struct client *client, const void *text, size_t length, unsigned flags,
              struct path *path);
void path_leave(struct path *path);

int path_find(const struct client *client, const void *text, size_t length, unsigned flags,
              struct node **node);
