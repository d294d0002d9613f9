/**
 * @file
 * Resource managers: programs that answer for a path, such as /dev/console. The protocol is that of
 * servers/vfs/manager_proto.h.
 *
 * Most managers need no more than a few functions and manager_run(): user/utilities/mydevice.c is
 * one. A program with a loop of its own uses manager_attach() and manager_next().
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "slot.h"
#include "vfs/manager_proto.h"
#include "vfs/proto.h"

/** A program as manager of a path. */
struct manager {
    slot files;      /**< the VFS server */
    uint64_t number; /**< which manager this is for it */
};

/** What is asked. */
struct manager_call {
    uint64_t tag; /**< names it in its answer; 0: nothing is asked */
    enum manager_request request;
    uint64_t handle;               /**< of the open file */
    uint64_t first, second;        /**< words 3 and 4 of the protocol */
    size_t length;                 /**< of the bytes: a path, what is written */
    char bytes[FILE_DATA_MAX + 1]; /**< ends with a NUL, which is not counted */
};

/** The answer to a request. */
struct manager_answer {
    uint64_t tag; /**< of the request; 0: there is no answer */
    int error;    /**< 0, or a number of errno.h */
    uint64_t result;
    const void *bytes; /**< what was read */
    size_t size;       /**< 0 to FILE_DATA_MAX bytes */
};

int manager_attach(struct manager *manager, slot files, const char *path, slot signals);
int manager_next(const struct manager *manager, const struct manager_answer *answer,
                 struct manager_call *call);

#define MANAGER_LATER INT64_MIN /**< a function's result: manager_answer() follows */
#define MANAGER_WAITING_MAX 8u  /**< so many requests can wait for their answers: then EAGAIN */
#define MANAGER_SIGNALS 62u     /**< number of a slot that manager_run() uses, and the one behind */

/**
 * What a manager does for each request. The result is 0 or more, or an error number with a minus,
 * or MANAGER_LATER. A function may be missing (NULL): then every open succeeds, with the handle 0,
 * and what else is missing is refused: EINVAL, control: ENOTTY.
 */
struct manager_handlers {
    /** @param path what stands behind the manager's own path, "" for that itself @param flags
     * fcntl.h @return a handle: any number, that comes with the other requests */
    int64_t (*open)(const char *path, unsigned flags);
    /** The last descriptor of an open file is gone. */
    void (*close)(uint64_t handle);
    /** @param to room for `size` bytes, at most FILE_DATA_MAX @return how many bytes; 0: the end */
    int64_t (*read)(uint64_t handle, uint64_t offset, void *to, size_t size);
    /** @return how many of the bytes are taken */
    int64_t (*write)(uint64_t handle, uint64_t offset, const void *from, size_t size);
    int64_t (*control)(uint64_t handle, uint64_t command, uint64_t argument);
    /** Nobody waits any more for the answer of a request that was to come later. */
    void (*cancel)(uint64_t tag);
};

int manager_run(slot files, const char *path, const struct manager_handlers *handlers);
uint64_t manager_tag(void);
void manager_answer(uint64_t tag, int64_t result, const void *bytes);
