/*
 * exercise: seek
 * test: seek-offset
 * says: the new offset would be (above INT64_MAX|negative)
 * mistake: Adds first and looks then: a sum above INT64_MAX has become negative, which is another
 *   error.
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
    if ((int64_t)(from + (uint64_t)distance) < 0) {
        error = EINVAL;
    } else {
        file->offset = from + (uint64_t)distance;
        request->answer[0] = file->offset;
    }
    rw_unlock_write(&file->offset_lock);
    open_file_put(file);
    return error;
}
