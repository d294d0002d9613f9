/**
 * @file
 * Setting a file's times (IEEE 1003.1-2001, utime.h).
 */
#pragma once

#include <sys/types.h>

/** Two times. */
struct utimbuf {
    time_t actime;  /**< read */
    time_t modtime; /**< written */
};

/** @param times NULL: now */
int utime(const char *path, const struct utimbuf *times);
