/**
 * @file
 * What the programs share that use files: the way to the VFS server, bytes to be written.
 */
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "endpoint.h"
#include "files.h"
#include "first_task.h"
#include "guest_program.h"
#include "run.h"

#define SLOT_FILES ((slot){8}) /* where the VFS server's endpoint goes */
#define WRITE_MOST 3000u

/** Finds the VFS server; waits until it is there. Ends the test when it never is. */
static inline void files_begin(void)
{
    enum error error = endpoint_lookup("vfs", SLOT_FILES);

    if (error != ERROR_NONE) {
        guest_report("no-vfs", (uint64_t)error);
        guest_end();
    }
    files_endpoint = SLOT_FILES;
}

/** Bytes that the test outside knows, too. */
static inline void files_fill(uint8_t *to, size_t size, uint64_t factor)
{
    for (size_t i = 0; i < size; i++) {
        to[i] = (uint8_t)(i * factor >> 16);
    }
}

/** A result of the C library: what it is, or the error with a minus. */
static inline int64_t files_result(int64_t result)
{
    return result < 0 ? -errno : result;
}
