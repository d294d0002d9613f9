/**
 * @file
 * What there is to know of files, and changing it (IEEE 1003.1).
 */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "file_call.h"

/** Makes a struct stat of an answer. @return 0; -1: EIO, there is none */
static int take_status(const struct file_call *call, const struct file_status *from,
                       struct stat *status)
{
    if (call->received < sizeof(*from)) {
        errno = EIO;
        return -1;
    }
    *status = (struct stat){
        .st_dev = from->device,
        .st_ino = from->inode,
        .st_mode = from->mode,
        .st_nlink = from->links,
        .st_size = (off_t)from->size,
        .st_blksize = (blksize_t)from->block_size,
        .st_blocks = (blkcnt_t)from->blocks,
        .st_atime = (time_t)from->accessed,
        .st_mtime = (time_t)from->modified,
        .st_ctime = (time_t)from->changed,
    };
    return 0;
}

static int stat_path(const char *path, struct stat *status, bool of_link)
{
    struct file_status answer;
    struct file_call call = {.request = FILE_STAT,
                             .words = {[1] = of_link ? 1 : 0},
                             .to = &answer,
                             .room = sizeof(answer)};

    return file_call_paths(&call, path, NULL) ? take_status(&call, &answer, status) : -1;
}

/** Tells of a file. @return 0; -1: ENOENT, ENOTDIR, ELOOP, ... */
int stat(const char *restrict path, struct stat *restrict status)
{
    return stat_path(path, status, false);
}

/** Tells of a file; of a symbolic link itself. @return as stat() */
int lstat(const char *restrict path, struct stat *restrict status)
{
    return stat_path(path, status, true);
}

/** Tells of an open file. @return 0; -1: EBADF */
int fstat(int descriptor, struct stat *status)
{
    struct file_status answer;
    struct file_call call = {.request = FILE_FSTAT,
                             .words = {(uint64_t)descriptor},
                             .to = &answer,
                             .room = sizeof(answer)};

    return file_call(&call) ? take_status(&call, &answer, status) : -1;
}

/**
 * Finds out whether a file is there, and whether its owner, who is everybody here, may do something
 * with it.
 *
 * @param path  the file
 * @param mode  F_OK, or a sum of R_OK, W_OK and X_OK
 * @return 0; -1: EACCES; EINVAL; as stat()
 */
int access(const char *path, int mode)
{
    struct stat status;

    if ((mode & ~(R_OK | W_OK | X_OK)) != 0) {
        errno = EINVAL;
        return -1;
    }
    if (stat(path, &status) != 0) {
        return -1;
    }
    if (((status.st_mode >> 6) & (mode_t)mode) != (mode_t)mode) {
        errno = EACCES;
        return -1;
    }
    return 0;
}

/** Makes a directory. @return 0; -1: EEXIST, ENOENT, ENOSPC, EROFS, ... */
int mkdir(const char *path, mode_t mode)
{
    return file_call_path(FILE_MKDIR, path, mode, 0);
}

/**
 * Says which permissions files and directories do not get that this process makes, and processes
 * that it begins. It has inherited them.
 *
 * @param mask  a sum of S_IRWXU and so on; other bits mean nothing
 * @return those before; 0 when the server does not answer
 */
mode_t umask(mode_t mask)
{
    int64_t before = file_call_words(FILE_UMASK, mask, 0, 0);

    return before < 0 ? 0 : (mode_t)before;
}

/** Sets a file's permissions. @return 0; -1: ENOENT, EROFS, ... */
int chmod(const char *path, mode_t mode)
{
    return file_call_path(FILE_CHMOD, path, mode, 0);
}
