/**
 * @file
 * The mount table, and the locks of mounts.
 */
#pragma once

#include <stdbool.h>

#include "node.h"

#define MOUNTS_MAX 16u

/** What a mount is to be like. */
struct mount_plan {
    const char *kind, *source;
    const char *where;    /**< directory, for people */
    struct node *covered; /**< the directory; NULL: the mount becomes the root */
    bool is_read_only;
};

int mounts_add(const struct mount_plan *plan);
int mounts_remove(struct node *root);
struct mount *mounts_at(unsigned number);
struct node *mounts_top(void);
bool mounts_is_top(const struct node *directory);
struct node *mounts_cross(struct node *node);
int mount_status(struct mount *mount, struct file_system_status *status);

void mount_lock_write(struct mount *mount);

/* See mounts_sync.c. */

int mount_sync(struct mount *mount);
int mounts_sync(bool only_changed);
bool mounts_are_changed(void);
uint64_t mount_tell(struct mount *mount);
uint64_t mounts_tell(void);
uint64_t mounts_told(void);
int mount_sync_last(struct mount *mount);
void mount_count_gone(const struct mount *mount);
