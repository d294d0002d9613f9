/*
 * exercise: seek
 * test: seek-lock
 * says: does not take the lock
 * mistake: Tells where the file is without the lock: somebody may be moving it.
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
    if (whence == SEEK_CUR && distance == 0) {
        request->answer[0] = file->offset;
        return 0;
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
