/**
 * @file
 * File systems: mounting them, and what there is to know of them (mount: as on other systems;
 * statvfs: IEEE 1003.1).
 */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

#include "file_call.h"

_Static_assert(MS_RDONLY == FILE_MOUNT_READ_ONLY, "flags go as they are");

/**
 * Mounts a file system on a directory, which is covered by it until it is unmounted.
 *
 * @param source     a disk's path; for file systems without a disk any text
 * @param directory  where
 * @param kind       "ext2", "ramfs", "proc" or "dev"
 * @param flags      0 or MS_RDONLY
 * @return 0; -1: ENOENT, ENOTDIR, EBUSY, ENODEV: no such kind, EINVAL: there is no such file system
 *         on the disk, EUCLEAN: it is damaged, EPERM, ...
 */
int mount(const char *source, const char *directory, const char *kind, unsigned long flags)
{
    struct file_call call = {.request = FILE_MOUNT, .words = {[2] = strlen(kind), [3] = flags}};

    if (call.words[2] > FILE_NAME_MAX) {
        errno = ENODEV;
        return -1;
    }
    call.parts[2] = (struct file_part){kind, call.words[2]};
    return file_call_paths(&call, source, directory) ? 0 : -1;
}

/** Writes everything, and unmounts what is mounted on a directory. @return 0; -1: EINVAL: nothing
 * is; EBUSY: somebody uses it; EIO; ... */
int umount(const char *directory)
{
    return file_call_path(FILE_UNMOUNT, directory, 0, 0);
}

_Static_assert(sizeof(((struct statvfs *)NULL)->f_fstypename) ==
                       sizeof(((struct file_system_status *)NULL)->kind) &&
                   sizeof(((struct statvfs *)NULL)->f_mntfromname) ==
                       sizeof(((struct file_system_status *)NULL)->source) &&
                   sizeof(((struct statvfs *)NULL)->f_mntonname) ==
                       sizeof(((struct file_system_status *)NULL)->where),
               "names have the same room on both sides");

/** Tells of the file system that a path is in. @return 0; -1: ENOENT, EIO, ... */
int statvfs(const char *restrict path, struct statvfs *restrict status)
{
    struct file_system_status from;
    struct file_call call = {.request = FILE_STATFS, .to = &from, .room = sizeof(from)};

    if (!file_call_paths(&call, path, NULL)) {
        return -1;
    }
    if (call.received < sizeof(from)) {
        errno = EIO;
        return -1;
    }
    *status = (struct statvfs){
        .f_bsize = from.block_size,
        .f_frsize = from.block_size,
        .f_blocks = from.blocks,
        .f_bfree = from.free_blocks,
        .f_bavail = from.free_blocks,
        .f_files = from.inodes,
        .f_ffree = from.free_inodes,
        .f_favail = from.free_inodes,
        .f_fsid = from.number,
        .f_namemax = NAME_MAX,
    };
    memcpy(status->f_fstypename, from.kind, sizeof(from.kind) - 1);
    memcpy(status->f_mntfromname, from.source, sizeof(from.source) - 1);
    memcpy(status->f_mntonname, from.where, sizeof(from.where) - 1);
    return 0;
}
