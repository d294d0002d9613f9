/**
 * @file
 * Opening files (IEEE 1003.1, fcntl.h). The flags are also those of FILE_OPEN in
 * servers/vfs/proto.h.
 */
#pragma once

#include <sys/seek.h>
#include <sys/types.h>

#define O_ACCMODE 03 /**< these two bits are one of: */
#define O_RDONLY 00
#define O_WRONLY 01
#define O_RDWR 02

#define O_CREAT 0100        /**< make it if it is not there; mode is the third argument */
#define O_EXCL 0200         /**< with O_CREAT: EEXIST if it is there */
#define O_TRUNC 01000       /**< make it empty */
#define O_APPEND 02000      /**< every write goes to the end */
#define O_NONBLOCK 04000    /**< EAGAIN instead of waiting */
#define O_DIRECTORY 0200000 /**< ENOTDIR unless it is a directory */
#define O_NOFOLLOW 0400000  /**< ELOOP if it is a symbolic link */

#define O_FLAGS \
    (O_ACCMODE | O_CREAT | O_EXCL | O_TRUNC | O_APPEND | O_NONBLOCK | O_DIRECTORY | O_NOFOLLOW)

#define F_DUPFD 0 /**< fcntl: a copy of the descriptor, at least as high as the argument */

/** Opens a file. @return descriptor; -1 */
int open(const char *path, int flags, ...);
/** The same as open() with O_WRONLY | O_CREAT | O_TRUNC. */
int creat(const char *path, mode_t mode);
/** Only F_DUPFD. @return as the command says; -1, EINVAL */
int fcntl(int descriptor, int command, ...);
