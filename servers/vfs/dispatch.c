/**
 * @file
 * Which handler serves which request, and what handlers have in common.
 */
#include <errno.h>
#include <string.h>

#include "handlers.h"

static const request_handler handlers[FILE_REQUESTS] = {
    [FILE_OPEN] = file_open,         [FILE_CLOSE] = file_close,
    [FILE_READ] = file_read,         [FILE_WRITE] = file_write,
    [FILE_SEEK] = file_seek,         [FILE_STAT] = file_stat,
    [FILE_FSTAT] = file_fstat,       [FILE_MKDIR] = file_mkdir,
    [FILE_RMDIR] = file_rmdir,       [FILE_UNLINK] = file_unlink,
    [FILE_LINK] = file_link,         [FILE_SYMLINK] = file_symlink,
    [FILE_READLINK] = file_readlink, [FILE_RENAME] = file_rename,
    [FILE_TRUNCATE] = file_truncate, [FILE_FTRUNCATE] = file_ftruncate,
    [FILE_READDIR] = file_readdir,   [FILE_FSYNC] = file_fsync,
    [FILE_SYNC] = file_sync,         [FILE_DUP] = file_dup,
    [FILE_DUP2] = file_dup2,         [FILE_CHDIR] = file_chdir,
    [FILE_GETCWD] = file_getcwd,     [FILE_PIPE] = file_pipe,
    [FILE_CONTROL] = file_control,   [FILE_MOUNT] = file_mount,
    [FILE_UNMOUNT] = file_unmount,   [FILE_STATFS] = file_statfs,
    [FILE_CHMOD] = file_chmod,       [FILE_UTIME] = file_utime,
    [FILE_BEGIN] = file_begin,       [FILE_PASS] = file_pass,
    [FILE_ATTACH] = file_attach,     [FILE_NEXT] = file_next,
    [FILE_UMASK] = file_umask,
};

/** @return the handler of a request; NULL: there is none */
request_handler request_handler_of(uint32_t label)
{
    return label < FILE_REQUESTS ? handlers[label] : NULL;
}

/**
 * Finds the texts of a request: words 0 and so on are their lengths, and they stand one behind the
 * other.
 *
 * @param count  of texts, at most 3
 * @param spans  set
 * @return 0; ENAMETOOLONG: one is longer than any path; EINVAL: they are not all there
 */
int request_spans(const struct request *request, unsigned count, struct span *spans)
{
    size_t used = 0;

    for (unsigned i = 0; i < count; i++) {
        if (request->words[i] > FILE_PATH_MAX) {
            return ENAMETOOLONG;
        }
        if (request->words[i] > request->size - used) {
            return EINVAL;
        }
        spans[i] = (struct span){(const char *)request->data + used, request->words[i]};
        used += request->words[i];
    }
    return 0;
}

/**
 * Sets the bytes of an answer.
 *
 * @param size  at most FILE_DATA_MAX
 */
void request_answer(struct request *request, const void *from, size_t size)
{
    memcpy(request->data, from, size);
    request->answer_size = size;
}

/** @return the open file that word 0 is a descriptor of; NULL: of none */
struct open_file *request_file(const struct request *request)
{
    return descriptor_find(&request->client->descriptors, request->words[0]);
}
