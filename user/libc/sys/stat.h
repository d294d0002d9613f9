/**
 * @file
 * What there is to know of a file (IEEE 1003.1, sys/stat.h).
 */
#pragma once

#include <sys/types.h>

/** A file's status. Times are in seconds since 1970-01-01 00:00 UTC. */
struct stat {
    dev_t st_dev;
    ino_t st_ino;
    mode_t st_mode;
    nlink_t st_nlink;
    uid_t st_uid;
    gid_t st_gid;
    off_t st_size;        /**< bytes */
    blksize_t st_blksize; /**< bytes that are worth reading at once */
    blkcnt_t st_blocks;   /**< of 512 bytes, that it takes */
    time_t st_atime;      /**< read */
    time_t st_mtime;      /**< written */
    time_t st_ctime;      /**< its status changed */
};

#define S_IFMT 0170000 /**< these bits are one of: */
#define S_IFSOCK 0140000
#define S_IFLNK 0120000
#define S_IFREG 0100000
#define S_IFBLK 0060000
#define S_IFDIR 0040000
#define S_IFCHR 0020000
#define S_IFIFO 0010000

#define S_ISSOCK(mode) (((mode)&S_IFMT) == S_IFSOCK)
#define S_ISLNK(mode) (((mode)&S_IFMT) == S_IFLNK)
#define S_ISREG(mode) (((mode)&S_IFMT) == S_IFREG)
#define S_ISBLK(mode) (((mode)&S_IFMT) == S_IFBLK)
#define S_ISDIR(mode) (((mode)&S_IFMT) == S_IFDIR)
#define S_ISCHR(mode) (((mode)&S_IFMT) == S_IFCHR)
#define S_ISFIFO(mode) (((mode)&S_IFMT) == S_IFIFO)

#define S_ISUID 04000
#define S_ISGID 02000
#define S_ISVTX 01000
#define S_IRWXU 0700
#define S_IRUSR 0400
#define S_IWUSR 0200
#define S_IXUSR 0100
#define S_IRWXG 0070
#define S_IRGRP 0040
#define S_IWGRP 0020
#define S_IXGRP 0010
#define S_IRWXO 0007
#define S_IROTH 0004
#define S_IWOTH 0002
#define S_IXOTH 0001

int stat(const char *restrict path, struct stat *restrict status);
/** Of a symbolic link itself, not of what it leads to. */
int lstat(const char *restrict path, struct stat *restrict status);
int fstat(int descriptor, struct stat *status);
int mkdir(const char *path, mode_t mode);
int chmod(const char *path, mode_t mode);
mode_t umask(mode_t mask);
