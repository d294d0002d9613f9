/**
 * @file
 * FILE_DUP and FILE_DUP2.
 */
#include <errno.h>

#include "handlers.h"

/** Makes another descriptor of the same open file: see proto.h. */
int file_dup(struct request *request)
{
    struct open_file *file = request_file(request);

    if (file == NULL) {
        return EBADF;
    }
    return descriptor_take(&request->client->descriptors, file, request->words[1],
                           &request->answer[0]);
}

/** Makes a certain descriptor one of the same open file: see proto.h. */
int file_dup2(struct request *request)
{
    struct descriptors *descriptors = &request->client->descriptors;
    struct open_file *replaced;
    int error =
        descriptors_copy(descriptors, request->words[0], descriptors, request->words[1], &replaced);

    if (error != 0) {
        return error;
    }
    if (replaced != NULL) {
        open_file_put(replaced);
    }
    request->answer[0] = request->words[1];
    return 0;
}
