/**
 * @file
 * The kinds of file systems that there are.
 */
#include "file_systems.h"

const struct file_system *const file_systems[] = {
    &ext2_file_system, &ramfs_file_system, &proc_file_system, &dev_file_system, NULL,
};
