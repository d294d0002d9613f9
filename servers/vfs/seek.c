/**
 * @file
 * FILE_SEEK.
 */
#include <errno.h>
#include <fcntl.h>

#include "handlers.h"
#include "node.h"

/**
 * Handles FILE_SEEK: moves the offset of an open file, which all share that have the same open
 * file. The request's words:
 *
 *     0   a descriptor of the client (request_file() finds what it stands for)
 *     1   a distance in bytes, a signed number
 *     2   from where: SEEK_SET, the file's beginning; SEEK_CUR, where the open file is now;
 *         SEEK_END, the file's end: the size in its node's status
 *
 * The new offset is also the answer's word 0. It may be behind the file's end. A request that reads
 * or writes at the offset holds the file's `offset_lock` to write while it is under way; the offset
 * is looked at and moved with that lock only, and a refused request leaves it as it was. While the
 * request waits for the lock the client may close the descriptor: so from before that until after
 * the lock is given back the open file is held (open_file_hold(), open_file_put()).
 *
 * (IEEE 1003.1, lseek.)
 *
 * @param request  from a client; its words may be anything
 * @return 0; EBADF: the descriptor stands for no open file; ESPIPE: its kind has no offset
 *         (`can_seek`); EINVAL: word 2 is none of the three, or the new offset would be negative;
 *         EOVERFLOW: it would be above INT64_MAX. The first of these that is the case
 */
int file_seek(struct request *request)
{
    struct open_file *file = request_file(request);
    int64_t distance = (int64_t)request->words[1];
    uint64_t whence = request->words[2], from = 0;
    int error = 0;

    if (file == NULL) {
        return EBADF;
    }
    if (!file->kind->can_seek) {
        return ESPIPE;
    }
    if (whence != SEEK_SET && whence != SEEK_CUR && whence != SEEK_END) {
        return EINVAL;
    }
    open_file_hold(file); /* the client may close it while this waits */
    rw_lock_write(&file->offset_lock);
    if (whence == SEEK_CUR) {
        from = file->offset;
    } else if (whence == SEEK_END) {
        from = file->node->status.size;
    }
    if (distance < 0 && 0 - (uint64_t)distance > from) {
        error = EINVAL;
    } else if (distance > 0 && (uint64_t)distance > INT64_MAX - from) {
        error = EOVERFLOW;
    } else {
        file->offset = from + (uint64_t)distance;
        request->answer[0] = file->offset;
    }
    rw_unlock_write(&file->offset_lock);
    open_file_put(file);
    return error;
}
