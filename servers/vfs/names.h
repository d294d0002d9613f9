/**
 * @file
 * Names in directories: what the requests that change them have in common.
 */
#pragma once

#include "path.h"

int name_create(const struct path *path, uint32_t mode, const char *target, uint64_t *number);
int name_find(const struct path *path, struct node **found);
int name_walk(const struct client *client, const char *text, size_t length, struct path *path);
