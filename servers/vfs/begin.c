/**
 * @file
 * FILE_BEGIN and FILE_PASS: what a new process has of the one that has created it.
 */
#include <errno.h>

#include "handlers.h"
#include "init/session_proto.h"
#include "root.h"

/** Says what is wrong with a process that is to begin. */
static int check(const struct client *parent, uint64_t id)
{
    struct root_process process;

    if (id == 0 || !root_process_read(0, id, &process) || process.state == INIT_STATE_ENDED) {
        return ESRCH;
    }
    if (process.parent != parent->id) {
        return EPERM;
    }
    if (process.state != INIT_STATE_CREATED) {
        return EBUSY;
    }
    return client_find(id) != NULL ? EEXIST : 0;
}

/** Lets a process begin: see proto.h. ESRCH; EPERM: not the caller's; EBUSY: it runs; EEXIST: it
 * has begun already; EAGAIN: too many have. */
int file_begin(struct request *request)
{
    struct client *child;
    int error = check(request->client, request->words[0]);

    if (error != 0) {
        return error;
    }
    child = client_make(request->words[0], request->client->directory);
    if (child == NULL) {
        return EAGAIN;
    }
    child->creator = request->client->id;
    child->umask = request->client->umask;
    child->above = request->client->creator != 0 ? request->client->above + 1 : 0;
    return 0;
}

/** Passes an open file to a process that has begun: see proto.h. ESRCH: none has; EPERM: not by the
 * caller; EBUSY: it has asked for something already; EBADF. */
int file_pass(struct request *request)
{
    struct client *child = client_find(request->words[0]);
    struct open_file *replaced;
    int error;

    if (child == NULL || child->is_ending) {
        return ESRCH;
    }
    if (child->creator != request->client->id) {
        return EPERM;
    }
    if (child->has_asked) {
        return EBUSY;
    }
    error = descriptors_copy(&request->client->descriptors, request->words[1], &child->descriptors,
                             request->words[2], &replaced);
    if (error == 0 && replaced != NULL) {
        open_file_put(replaced);
    }
    return error;
}
