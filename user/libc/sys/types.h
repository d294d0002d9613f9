/**
 * @file
 * Types of the system (IEEE 1003.1, sys/types.h).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef int64_t ssize_t;     /**< a size, or -1 */
typedef int64_t off_t;       /**< a place in a file, in bytes */
typedef int64_t time_t;      /**< seconds since 1970-01-01 00:00 UTC */
typedef int64_t clock_t;     /**< in 1 / CLOCKS_PER_SEC seconds */
typedef int clockid_t;       /**< CLOCK_REALTIME and so on */
typedef int pid_t;           /**< a process */
typedef uint32_t uid_t;      /**< always 0: there is one user */
typedef uint32_t gid_t;      /**< always 0 */
typedef uint32_t mode_t;     /**< kind of a file and permissions */
typedef uint32_t nlink_t;    /**< names of a file */
typedef uint64_t dev_t;      /**< a file system that is mounted */
typedef uint64_t ino_t;      /**< a file in it */
typedef int64_t blksize_t;   /**< bytes of a block */
typedef int64_t blkcnt_t;    /**< blocks of 512 bytes */
typedef uint64_t fsblkcnt_t; /**< blocks of a file system */
typedef uint64_t fsfilcnt_t; /**< files of a file system */
typedef uint32_t useconds_t; /**< microseconds */
