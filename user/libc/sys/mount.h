/**
 * @file
 * Mounting file systems.
 */
#pragma once

#define MS_RDONLY 1ul /**< nothing may be changed */

/** @param source what, e.g. "/dev/disk1", or any word for one without a disk @param directory where
 * @param kind "ext2", "ramfs", "proc", "dev" @param flags 0 or MS_RDONLY @return 0; -1 */
int mount(const char *source, const char *directory, const char *kind, unsigned long flags);
int umount(const char *directory);
