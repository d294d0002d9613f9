/*
 * exercise: seek
 * test: seek-lock
 * says: uses another lock
 * mistake: Asks for the file again when it has the lock: the descriptor may stand for another
 * one.
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
    file = request_file(request);
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
