/**
 * @file
 * FILE_CHDIR and FILE_GETCWD.
 */
#include <errno.h>

#include "handlers.h"
#include "node_path.h"
#include "path.h"

/** Makes another directory the current one: see proto.h. */
int file_chdir(struct request *request)
{
    struct client *client = request->client;
    struct span span;
    struct node *node, *before;
    int error = request_spans(request, 1, &span);

    if (error == 0) {
        error = path_find(client, span.text, span.length, PATH_FOLLOW, &node);
    }
    if (error != 0) {
        return error;
    }
    if (!node_is_directory(node)) {
        node_put(node);
        return ENOTDIR;
    }
    before = client->directory;
    client->directory = node;
    node_put(before);
    return 0;
}

/** Tells the current directory's path: see proto.h. */
int file_getcwd(struct request *request)
{
    struct node *directory = node_hold(request->client->directory);
    size_t length;
    int error = node_path(directory, (char *)request->data, FILE_DATA_MAX, &length);

    node_put(directory);
    if (error == 0) {
        request->answer[0] = length;
        request->answer_size = length;
    }
    return error;
}
