/**
 * @file
 * Opening and closing files, and copies of descriptors (IEEE 1003.1).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

#include "file_call.h"

/**
 * Opens a file.
 *
 * @param path   the file
 * @param flags  one of O_RDONLY, O_WRONLY and O_RDWR, and others of fcntl.h; mode_t behind it, the
 *               permissions of a new file, if O_CREAT is among them
 * @return the lowest free descriptor; -1: EINVAL for other flags, or as POSIX says: ENOENT, EEXIST,
 *         EACCES, EISDIR, ENOTDIR, ELOOP, EMFILE, ENOSPC, EROFS, ...
 */
int open(const char *path, int flags, ...)
{
    struct file_call call = {.request = FILE_OPEN, .words = {[1] = (unsigned)flags}};
    va_list arguments;

    va_start(arguments, flags);
    call.words[2] = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    if ((flags & ~O_FLAGS) != 0 || (flags & O_ACCMODE) == O_ACCMODE) {
        errno = EINVAL;
        return -1;
    }
    return file_call_paths(&call, path, NULL) ? (int)call.words[0] : -1;
}

/** Makes a file, or empties it, to be written. @return as open() */
int creat(const char *path, mode_t mode)
{
    return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

/** Closes a descriptor. @return 0; -1: EBADF; EIO, ENOSPC: something was not written, the
 * descriptor is free in any case */
int close(int descriptor)
{
    return file_call_words(FILE_CLOSE, (uint64_t)descriptor, 0, 0) < 0 ? -1 : 0;
}

/** Gives an open file one more descriptor. @return the lowest free one; -1: EBADF, EMFILE */
int dup(int descriptor)
{
    return fcntl(descriptor, F_DUPFD, 0);
}

/**
 * Gives an open file a certain descriptor.
 *
 * @param descriptor  of the file
 * @param to          is closed before, if it is open and another one; 0 to OPEN_MAX - 1
 * @return to; -1: EBADF
 */
int dup2(int descriptor, int to)
{
    return (int)file_call_words(FILE_DUP2, (uint64_t)descriptor, (uint64_t)to, 0);
}

/**
 * @param descriptor  any
 * @param command     F_DUPFD; an int behind it: the lowest descriptor that is wanted
 * @return the lowest free descriptor from there on; -1: EBADF; EMFILE; EINVAL: another command, or
 *         there is no such descriptor
 */
int fcntl(int descriptor, int command, ...)
{
    va_list arguments;
    int lowest;

    if (command != F_DUPFD) {
        errno = EINVAL;
        return -1;
    }
    va_start(arguments, command);
    lowest = va_arg(arguments, int);
    va_end(arguments);
    return (int)file_call_words(FILE_DUP, (uint64_t)descriptor, (uint64_t)lowest, 0);
}
