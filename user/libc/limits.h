/**
 * @file
 * Limits of C's types (ISO C11 5.2.4.2.1) and of the system (IEEE 1003.1, limits.h).
 */
#pragma once

#define CHAR_BIT __CHAR_BIT__
#define SCHAR_MAX __SCHAR_MAX__
#define SCHAR_MIN (-SCHAR_MAX - 1)
#define UCHAR_MAX (2 * SCHAR_MAX + 1)
#define CHAR_MIN SCHAR_MIN
#define CHAR_MAX SCHAR_MAX
#define SHRT_MAX __SHRT_MAX__
#define SHRT_MIN (-SHRT_MAX - 1)
#define USHRT_MAX (2 * SHRT_MAX + 1)
#define INT_MAX __INT_MAX__
#define INT_MIN (-INT_MAX - 1)
#define UINT_MAX (2u * INT_MAX + 1)
#define LONG_MAX __LONG_MAX__
#define LONG_MIN (-LONG_MAX - 1)
#define ULONG_MAX (2ul * LONG_MAX + 1)
#define LLONG_MAX __LONG_LONG_MAX__
#define LLONG_MIN (-LLONG_MAX - 1)
#define ULLONG_MAX (2ull * LLONG_MAX + 1)
#define MB_LEN_MAX 1
#define SSIZE_MAX LONG_MAX

/* The system's: servers/vfs/proto.h, user/init/session_proto.h. */

#define NAME_MAX 255  /**< bytes of a name in a directory, without NUL */
#define PATH_MAX 1025 /**< bytes of a path, with NUL */
#define OPEN_MAX 32   /**< open files of a process */
#define PIPE_BUF 512  /**< so many bytes are written to a pipe in one piece */
#define ARG_MAX 32768 /**< bytes of arguments and environment */
#define SYMLOOP_MAX 8 /**< symbolic links that one path may lead through */
#define LINE_MAX 2048 /**< bytes of a line that a utility takes, with newline */
#define ATEXIT_MAX 32 /**< functions for atexit() */
