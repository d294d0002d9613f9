/**
 * @file
 * The kinds of file systems that there are.
 */
#pragma once

#include "node.h"

extern const struct file_system *const file_systems[]; /**< the last one is NULL */

extern const struct file_system ext2_file_system;
extern const struct file_system ramfs_file_system;
extern const struct file_system proc_file_system;
extern const struct file_system dev_file_system;
