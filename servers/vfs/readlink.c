/**
 * @file
 * FILE_READLINK.
 */
#include <errno.h>

#include "handlers.h"
#include "path.h"

/** Tells a symbolic link's target: see proto.h. */
int file_readlink(struct request *request)
{
    struct span span;
    struct node *node;
    size_t length = 0;
    int error = request_spans(request, 1, &span);

    if (error == 0) {
        error = path_find(request->client, span.text, span.length, 0, &node);
    }
    if (error != 0) {
        return error;
    }
    error = EINVAL;
    if (node_is_link(node)) {
        rw_lock_read(&node->mount->lock);
        error = node->mount->file_system->readlink(node, (char *)request->data, &length);
        rw_unlock_read(&node->mount->lock);
    }
    node_put(node);
    request->answer[0] = length;
    request->answer_size = length;
    return error;
}
