/**
 * @file
 * FILE_CONTROL.
 */
#include <errno.h>

#include "handlers.h"

/** Tells a device something: see proto.h. */
int file_control(struct request *request)
{
    struct open_file *file = request_file(request);
    int error;

    if (file == NULL) {
        return EBADF;
    }
    if (file->kind->control == NULL) {
        return ENOTTY;
    }
    open_file_hold(file);
    error = file->kind->control(file, request->words[1], request->words[2], &request->answer[0]);
    open_file_put(file);
    return error;
}
