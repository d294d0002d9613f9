/**
 * @file
 * FILE_STAT and FILE_FSTAT.
 */
#include <errno.h>
#include <sys/stat.h>

#include "handlers.h"
#include "path.h"

#define PIPE_MODE (S_IFIFO | 0600)

/** Answers with a node's status. */
static int answer(struct request *request, const struct node *node)
{
    request_answer(request, &node->status, sizeof(node->status));
    return 0;
}

/** Tells about a file by its path: see proto.h. */
int file_stat(struct request *request)
{
    struct span span;
    struct node *node;
    int error = request_spans(request, 1, &span);

    if (error != 0) {
        return error;
    }
    if (request->words[1] > 1) {
        return EINVAL;
    }
    error = path_find(request->client, span.text, span.length,
                      request->words[1] == 1 ? 0 : PATH_FOLLOW, &node);
    if (error == 0) {
        error = answer(request, node);
        node_put(node);
    }
    return error;
}

/** Tells about an open file: see proto.h. */
int file_fstat(struct request *request)
{
    static const struct file_status pipe = {
        .mode = PIPE_MODE, .links = 1, .block_size = FILE_DATA_MAX};
    const struct open_file *file = request_file(request);

    if (file == NULL) {
        return EBADF;
    }
    if (file->node == NULL) {
        request_answer(request, &pipe, sizeof(pipe));
        return 0;
    }
    return answer(request, file->node);
}
