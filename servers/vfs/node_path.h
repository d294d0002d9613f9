/**
 * @file
 * The path of a directory, found from below.
 */
#pragma once

#include "node.h"

int node_path(struct node *directory, char *to, size_t size, size_t *length);
