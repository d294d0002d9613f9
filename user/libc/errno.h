/**
 * @file
 * Error numbers: one list for the C library, the programs, and the protocols of files and disks
 * (IEEE 1003.1, errno.h; the numbers are Linux's).
 */
#pragma once

/** Every error: name, number, what it means. Numbers never change their meaning. */
#define ERRNO_LIST(ERRNO) \
    ERRNO(EPERM, 1, "Operation not permitted") \
    ERRNO(ENOENT, 2, "No such file or directory") \
    ERRNO(ESRCH, 3, "No such process") \
    ERRNO(EINTR, 4, "Interrupted") \
    ERRNO(EIO, 5, "Input/output error") \
    ERRNO(ENXIO, 6, "No such device or address") \
    ERRNO(E2BIG, 7, "Argument list too long") \
    ERRNO(ENOEXEC, 8, "Not a program that can be run") \
    ERRNO(EBADF, 9, "Bad file descriptor") \
    ERRNO(ECHILD, 10, "No child processes") \
    ERRNO(EAGAIN, 11, "Resource temporarily unavailable") \
    ERRNO(ENOMEM, 12, "Out of memory") \
    ERRNO(EACCES, 13, "Permission denied") \
    ERRNO(EFAULT, 14, "Bad address") \
    ERRNO(ENOTBLK, 15, "Block device required") \
    ERRNO(EBUSY, 16, "Device or resource busy") \
    ERRNO(EEXIST, 17, "File exists") \
    ERRNO(EXDEV, 18, "Not on the same file system") \
    ERRNO(ENODEV, 19, "No such device") \
    ERRNO(ENOTDIR, 20, "Not a directory") \
    ERRNO(EISDIR, 21, "Is a directory") \
    ERRNO(EINVAL, 22, "Invalid argument") \
    ERRNO(ENFILE, 23, "Too many open files in the system") \
    ERRNO(EMFILE, 24, "Too many open files") \
    ERRNO(ENOTTY, 25, "Inappropriate request for this device") \
    ERRNO(ETXTBSY, 26, "Program file is busy") \
    ERRNO(EFBIG, 27, "File too large") \
    ERRNO(ENOSPC, 28, "No space left on device") \
    ERRNO(ESPIPE, 29, "Illegal seek") \
    ERRNO(EROFS, 30, "Read-only file system") \
    ERRNO(EMLINK, 31, "Too many links") \
    ERRNO(EPIPE, 32, "Broken pipe") \
    ERRNO(EDOM, 33, "Argument outside of the function's domain") \
    ERRNO(ERANGE, 34, "Result out of range") \
    ERRNO(EDEADLK, 35, "Deadlock avoided") \
    ERRNO(ENAMETOOLONG, 36, "File name too long") \
    ERRNO(ENOLCK, 37, "No locks available") \
    ERRNO(ENOSYS, 38, "Function not implemented") \
    ERRNO(ENOTEMPTY, 39, "Directory not empty") \
    ERRNO(ELOOP, 40, "Too many levels of symbolic links") \
    ERRNO(EPROTO, 71, "Protocol error") \
    ERRNO(EOVERFLOW, 75, "Value too large") \
    ERRNO(EILSEQ, 84, "Illegal byte sequence") \
    ERRNO(ENOTSOCK, 88, "Not a socket") \
    ERRNO(EDESTADDRREQ, 89, "Destination address required") \
    ERRNO(EMSGSIZE, 90, "Message too long") \
    ERRNO(EPROTOTYPE, 91, "Wrong protocol for this socket") \
    ERRNO(EPROTONOSUPPORT, 93, "Protocol not supported") \
    ERRNO(ENOTSUP, 95, "Not supported") \
    ERRNO(EAFNOSUPPORT, 97, "Address family not supported") \
    ERRNO(EADDRINUSE, 98, "Address in use") \
    ERRNO(EADDRNOTAVAIL, 99, "Address not available") \
    ERRNO(ENETDOWN, 100, "Network is down") \
    ERRNO(ENETUNREACH, 101, "Network is unreachable") \
    ERRNO(ECONNABORTED, 103, "Connection aborted") \
    ERRNO(ECONNRESET, 104, "Connection reset") \
    ERRNO(ENOBUFS, 105, "No buffer space available") \
    ERRNO(EISCONN, 106, "Already connected") \
    ERRNO(ENOTCONN, 107, "Not connected") \
    ERRNO(ETIMEDOUT, 110, "Timed out") \
    ERRNO(ECONNREFUSED, 111, "Connection refused") \
    ERRNO(EHOSTUNREACH, 113, "Host is unreachable") \
    ERRNO(EALREADY, 114, "Already in progress") \
    ERRNO(EINPROGRESS, 115, "In progress") \
    ERRNO(EUCLEAN, 117, "File system is damaged") \
    ERRNO(ECANCELED, 125, "Cancelled")

#define ERRNO_ENUMERATOR(name, number, text) name = number, /**< text */

/** The numbers by their names. */
enum errno_number { ERRNO_LIST(ERRNO_ENUMERATOR) };

#define EWOULDBLOCK EAGAIN
#define EOPNOTSUPP ENOTSUP

/** Why the last function that failed did so. No function sets it to 0. */
extern int errno;
