/**
 * @file
 * FILE_ATTACH and FILE_NEXT: see manager_proto.h.
 */
#include <errno.h>
#include <string.h>

#include "handlers.h"
#include "managers.h"
#include "names.h"
#include "vfs/dev/dev.h"

/** Gives a manager the name that a path ends in: one in the directory of devices. */
static int name(const struct path *path, uint64_t number)
{
    struct manager *manager = manager_find(number);

    if (manager == NULL) {
        return EINTR; /* the client has ended during the walk */
    }
    if (path->last != PATH_NAME || path->has_slash || !dev_is_directory(path->directory)) {
        return EINVAL;
    }
    if (dev_has(path->name, path->name_length)) {
        return EEXIST;
    }
    manager_set_name(manager, path->name, path->name_length);
    return 0;
}

/** Attaches the caller to a path: see proto.h. EINVAL: it is not in the directory of devices, or no
 * notification came along; EEXIST; EAGAIN: there are too many. */
int file_attach(struct request *request)
{
    uint64_t number = 0;
    struct span span;
    struct path path;
    int error = request_spans(request, 1, &span);

    if (error == 0) { /* first: where the notification has arrived, others will arrive */
        error = manager_make(request->client->id, &number);
    }
    if (error != 0) {
        return error;
    }
    error = name_walk(request->client, span.text, span.length, &path);
    if (error == 0) {
        error = name(&path, number);
        path_leave(&path);
    }
    if (error != 0 && manager_find(number) != NULL) {
        manager_end(manager_find(number));
    }
    request->answer[0] = number;
    return error;
}

/** Takes the answer to what the manager was asked before: words 1 to 3. */
static void take_answer(struct manager *manager, const struct request *request)
{
    uint64_t error = request->words[2];
    struct manager_call answer = {.error = error <= INT32_MAX ? (int)error : EIO,
                                  .result = request->words[3],
                                  .bytes = request->data,
                                  .size = request->size};

    manager_answer(manager, request->words[1], &answer);
}

/** Gives a manager what it is asked next: see proto.h. EINVAL: there is no such manager; EPERM: it
 * is another one's. */
int file_next(struct request *request)
{
    struct manager *manager = manager_find(request->words[0]);
    struct manager_call call;

    if (manager == NULL) {
        return EINVAL;
    }
    if (manager->owner != request->client->id) {
        return EPERM;
    }
    if (request->words[1] != 0) {
        take_answer(manager, request);
    }
    if (manager_fetch(manager, &call)) {
        const uint64_t words[] = {call.tag, call.what, call.handle, call.words[0], call.words[1]};

        memcpy(request->answer, words, sizeof(words));
        if (call.size > 0 && call.bytes != NULL) {
            request_answer(request, call.bytes, call.size);
        }
    }
    return 0;
}
