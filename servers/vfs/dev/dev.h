/**
 * @file
 * The directory of devices: /dev.
 */
#pragma once

#include "vfs/node.h"

bool dev_is_directory(const struct node *node);
bool dev_has(const char *name, size_t length);
