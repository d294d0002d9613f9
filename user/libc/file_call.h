/**
 * @file
 * The C library's own: requests to the VFS server (servers/vfs/proto.h).
 *
 * All of these set errno when they fail, to what the server says; EINTR when the program was
 * interrupted while it waited, EIO when the server does not answer, ENOSYS in a program without
 * files.
 */
#pragma once

#include "vfs/proto.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FILE_CALL_WORDS 6u /**< words of a request and of its answer */
#define FILE_CALL_PARTS 3u /**< texts of a request */

/** Bytes that go along with a request. */
struct file_part {
    const void *from;
    size_t size;
};

/** A request and its answer. */
struct file_call {
    enum file_request request;
    uint64_t words[FILE_CALL_WORDS]; /**< of the request, then of the answer */
    struct file_part parts[FILE_CALL_PARTS];
    void *to;        /**< where the bytes of the answer go */
    size_t room;     /**< how many there may be */
    size_t received; /**< how many there were, in full words or up to `room` */
};

bool file_call(struct file_call *call);
bool file_call_paths(struct file_call *call, const char *first, const char *second);

int64_t file_call_words(enum file_request request, uint64_t first, uint64_t second, uint64_t third);
int file_call_path(enum file_request request, const char *path, uint64_t second, uint64_t third);
