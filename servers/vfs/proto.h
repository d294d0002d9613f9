/**
 * @file
 * The file protocol: what programs ask the VFS server.
 *
 * A program is known by its badge, its process id: everything below is about the caller's own open
 * files and its own current directory. The label of a request is an enum file_request; the label of
 * its answer is an error number of errno.h, 0 when all went well. Words 0 to 5 are as said with
 * each request. Bytes (paths, what is read or written) begin at word FILE_DATA_WORD of the message,
 * so they stand in the IPC buffer. So do structures of an answer. A path is not ended by a NUL; its
 * length stands in a word. Of two or three paths one stands right behind the other. A path that
 * does not begin with a slash begins in the current directory.
 *
 *     request         words                                     answer
 *     FILE_OPEN       length of path, flags (fcntl.h), mode     0: descriptor
 *     FILE_CLOSE      descriptor
 *     FILE_READ       descriptor, bytes wanted, offset or       0: bytes; the bytes. 0: the end
 *                     FILE_CURRENT
 *     FILE_WRITE      descriptor, bytes, offset or              0: bytes written
 *                     FILE_CURRENT; the bytes
 *     FILE_SEEK       descriptor, offset, whence (fcntl.h)      0: new offset
 *     FILE_STAT       length of path, 1: of the link itself     struct file_status
 *     FILE_FSTAT      descriptor                                struct file_status
 *     FILE_MKDIR      length of path, mode
 *     FILE_RMDIR      length of path
 *     FILE_UNLINK     length of path
 *     FILE_LINK       lengths of two paths: there is, new
 *     FILE_SYMLINK    lengths of two paths: target, new
 *     FILE_READLINK   length of path                            0: bytes; the bytes
 *     FILE_RENAME     lengths of two paths: old, new
 *     FILE_TRUNCATE   length of path, bytes
 *     FILE_FTRUNCATE  descriptor, bytes
 *     FILE_READDIR    descriptor                                0: bytes; struct file_entry one
 *                                                               behind the other. 0 bytes: the end
 *     FILE_FSYNC      descriptor
 *     FILE_SYNC
 *     FILE_DUP        descriptor, lowest new one                0: the lowest free descriptor from
 *                                                               there on
 *     FILE_DUP2       descriptor, new one                       0: the new one; it is closed before
 *     FILE_CHDIR      length of path
 *     FILE_GETCWD                                               0: bytes; the path
 *     FILE_PIPE                                                 0, 1: descriptors: read, write
 *     FILE_CONTROL    descriptor, command, argument             0: result; what it means is the
 *                                                               device's affair
 *     FILE_MOUNT      lengths of source, directory and kind of file system, enum file_mount_flag
 *     FILE_UNMOUNT    length of path
 *     FILE_STATFS     length of path                            struct file_system_status
 *     FILE_CHMOD      length of path, mode
 *     FILE_UTIME      length of path, seconds (access), seconds (modification)
 *     FILE_BEGIN      a process's id. It begins with the caller's current directory and umask, and
 *                     without open files. Only for a process that the caller has created, before
 *                     its first request
 *     FILE_PASS       a process's id, own descriptor, its descriptor. Likewise: it has the same
 *                     open file as the caller
 *     FILE_ATTACH     length of path; a notification travels    0: manager
 *                     along: see manager_proto.h
 *     FILE_NEXT       see manager_proto.h
 *     FILE_UMASK      permissions that files and directories   0: those before. Bits above 0777
 *                     do not get that the caller makes         mean nothing
 *
 * What is wrong is told as POSIX says (IEEE 1003.1, the functions of the same names). Where that
 * leaves a choice, or says nothing:
 *
 *     ENOSYS          another label
 *     EINVAL          lengths that are not all there; a NUL in a path; unknown flags
 *     EAGAIN          too many requests of the same process are under way
 *     EPERM           FILE_UNLINK of a directory; FILE_BEGIN, FILE_PASS: not the caller's own
 *     EROFS           whatever would change a file system that is only read, or of a kind that has
 *                     no such changes
 *     ELOOP           more than FILE_LINKS_MAX symbolic links
 *     ENAMETOOLONG    also where symbolic links make a path too long
 *
 *     FILE_LINK       a symbolic link at the end of the first path gets the name itself
 *     FILE_OPEN       O_TRUNC counts also with O_RDONLY; O_CREAT with O_DIRECTORY is refused
 *     FILE_WRITE      into a pipe: all or nothing, in one piece; EPIPE when nobody can read it
 *     FILE_READ       does not change the time of the last access
 *     FILE_READDIR    an offset means nothing but to the file system; FILE_SEEK to 0 begins anew
 *     FILE_FSYNC      everything that has changed in the file's file system is on the medium then.
 *                     EIO also if something could not be written since the open file was told so
 *                     last, whoever has changed it, and even if a later attempt went well
 *     FILE_SYNC       the same of all file systems; EIO likewise, once for each process
 *     FILE_UNMOUNT    the same; EIO: it stays mounted
 *
 * A process that ends, or does not wait for an answer any more, ends its requests: what they have
 * done stays done.
 */
#pragma once

#include <stdint.h>

#include "abi/message.h"

/** Requests. */
enum file_request {
    FILE_OPEN = 1,
    FILE_CLOSE,
    FILE_READ,
    FILE_WRITE,
    FILE_SEEK,
    FILE_STAT,
    FILE_FSTAT,
    FILE_MKDIR,
    FILE_RMDIR,
    FILE_UNLINK,
    FILE_LINK,
    FILE_SYMLINK,
    FILE_READLINK,
    FILE_RENAME,
    FILE_TRUNCATE,
    FILE_FTRUNCATE,
    FILE_READDIR,
    FILE_FSYNC,
    FILE_SYNC,
    FILE_DUP,
    FILE_DUP2,
    FILE_CHDIR,
    FILE_GETCWD,
    FILE_PIPE,
    FILE_CONTROL,
    FILE_MOUNT,
    FILE_UNMOUNT,
    FILE_STATFS,
    FILE_CHMOD,
    FILE_UTIME,
    FILE_BEGIN,
    FILE_PASS,
    FILE_ATTACH,
    FILE_NEXT,
    FILE_UMASK,
    FILE_REQUESTS
};

#define FILE_DATA_WORD 8u                                         /**< where bytes begin */
#define FILE_DATA_MAX ((MESSAGE_WORDS_MAX - FILE_DATA_WORD) * 8u) /**< most bytes of a message */
#define FILE_PATH_MAX 1024u                                       /**< longest path, in bytes */
#define FILE_NAME_MAX 255u   /**< longest name in a directory */
#define FILE_LINKS_MAX 8u    /**< symbolic links that one path may lead through */
#define FILE_DESCRIPTORS 32u /**< of a process: 0 to 31 */

#define FILE_CURRENT UINT64_MAX /**< an offset: where the open file is; it goes on from there */

/** What there is to know of a file: the answer to FILE_STAT. */
struct file_status {
    uint64_t device; /**< the mount's number */
    uint64_t inode;  /**< unique in its mount */
    uint32_t mode;   /**< kind and permissions: sys/stat.h */
    uint32_t links;
    uint64_t size;                        /**< in bytes */
    uint64_t blocks;                      /**< of 512 bytes */
    uint64_t block_size;                  /**< in bytes: worth reading at once */
    uint64_t accessed, modified, changed; /**< seconds since 1970-01-01 00:00 UTC */
};

/** A directory's entry: the answer to FILE_READDIR. The next one begins `size` bytes behind. */
struct file_entry {
    uint64_t inode;
    uint16_t size; /**< of all of it: a multiple of 8 */
    uint8_t kind;  /**< dirent.h: DT_REG and so on */
    uint8_t name_length;
    char name[]; /**< no NUL */
};

/** What there is to know of a file system: the answer to FILE_STATFS. */
struct file_system_status {
    uint64_t block_size; /**< in bytes */
    uint64_t blocks, free_blocks;
    uint64_t inodes, free_inodes;
    char kind[16];   /**< ends with NUL, as the next */
    char source[48]; /**< what is mounted */
    char where[64];  /**< directory; cut if longer */
    uint64_t number; /**< how many are mounted before this one; see statfs of /proc/mounts */
};

/** Flags of FILE_MOUNT. */
enum file_mount_flag { FILE_MOUNT_READ_ONLY = 1 };
