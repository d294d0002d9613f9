/**
 * @file
 * What there is to know of a file system (IEEE 1003.1, sys/statvfs.h; the last three members are
 * BSD's).
 */
#pragma once

#include <sys/types.h>

/** A file system's status. */
struct statvfs {
    unsigned long f_bsize;  /**< bytes of a block */
    unsigned long f_frsize; /**< the same: what the numbers below count */
    fsblkcnt_t f_blocks, f_bfree, f_bavail;
    fsfilcnt_t f_files, f_ffree, f_favail;
    unsigned long f_fsid; /**< how many are mounted before this one */
    unsigned long f_flag; /**< 0 */
    unsigned long f_namemax;
    char f_fstypename[16];  /**< "ext2" */
    char f_mntfromname[48]; /**< "/dev/disk0" */
    char f_mntonname[64];   /**< where */
};

/** Of the file system that a path is in. */
int statvfs(const char *restrict path, struct statvfs *restrict status);
