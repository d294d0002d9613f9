/**
 * @file
 * FILE_READ and FILE_WRITE.
 */
#include <errno.h>
#include <fcntl.h>

#include "handlers.h"

/** A piece of a file that is to be read or written. */
struct transfer {
    struct open_file *file;
    uint64_t offset; /**< where it begins */
    size_t size;
    bool moves; /**< it begins where the open file is, and moves that behind it */
};

/** Says what is wrong with where a transfer begins: word 2 of the request. */
static int check_offset(const struct open_file *file, uint64_t offset)
{
    if (offset == FILE_CURRENT) {
        return 0;
    }
    if (!file->kind->can_seek) {
        return ESPIPE;
    }
    return offset > INT64_MAX ? EINVAL : 0;
}

/** Begins a transfer: nobody else moves the file's offset until it ends. */
static struct transfer begin(struct open_file *file, uint64_t offset, size_t size)
{
    struct transfer transfer = {open_file_hold(file), offset, size, false};

    transfer.moves = offset == FILE_CURRENT && file->kind->can_seek;
    if (transfer.moves) {
        rw_lock_write(&file->offset_lock);
        transfer.offset = file->offset;
    }
    return transfer;
}

static void end(struct transfer *transfer, size_t done)
{
    if (transfer->moves) {
        if (done > 0) {
            transfer->file->offset = transfer->offset + done;
        }
        rw_unlock_write(&transfer->file->offset_lock);
    }
    open_file_put(transfer->file);
}

/** Reads from an open file: see proto.h. */
int file_read(struct request *request)
{
    struct open_file *file = request_file(request);
    size_t size = request->words[1] < FILE_DATA_MAX ? request->words[1] : FILE_DATA_MAX;
    struct transfer transfer;
    size_t done = 0;
    int error;

    if (file == NULL || !open_file_can_read(file)) {
        return EBADF;
    }
    error = check_offset(file, request->words[2]);
    if (error != 0) {
        return error;
    }
    transfer = begin(file, request->words[2], size);
    error = file->kind->read(file, transfer.offset, request->data, size, &done);
    end(&transfer, done);
    request->answer[0] = done;
    request->answer_size = done;
    return error;
}

/** Writes to an open file: see proto.h. */
int file_write(struct request *request)
{
    struct open_file *file = request_file(request);
    struct transfer transfer;
    size_t done = 0;
    int error;

    if (file == NULL || !open_file_can_write(file)) {
        return EBADF;
    }
    if (request->words[1] > request->size) {
        return EINVAL;
    }
    error = check_offset(file, request->words[2]);
    if (error != 0) {
        return error;
    }
    transfer = begin(file, request->words[2], request->words[1]);
    if (transfer.moves && file->flags & O_APPEND) {
        transfer.offset = FILE_CURRENT;
    }
    error = file->kind->write(file, &transfer.offset, request->data, transfer.size, &done);
    end(&transfer, done);
    request->answer[0] = done;
    return error;
}
