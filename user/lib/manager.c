/**
 * @file
 * Resource managers: the two requests to the VFS server.
 */
#include "manager.h"

#include "errno.h"

#include "buffer.h"
#include "ipc.h"
#include "string.h"

/** @return where bytes stand in a message */
static char *data(void)
{
    return (char *)&ipc_buffer->words[FILE_DATA_WORD];
}

/** @return the length of a message with bytes, in words */
static uint64_t words_for(size_t bytes)
{
    return FILE_DATA_WORD + (bytes + 7) / 8;
}

/** Asks the VFS server. @return 0, or an error number: its own, or EIO when it cannot be asked */
static int ask(slot files, struct message *message)
{
    enum error error = ipc_call(files, message, TIMEOUT_INFINITE);

    return error == ERROR_NONE ? (int)info_label(message->info) : EIO;
}

/**
 * Becomes the manager of a path.
 *
 * @param manager  set
 * @param files    the VFS server
 * @param path     1 to FILE_PATH_MAX bytes
 * @param signals  a notification with RIGHT_SEND; a copy of it travels. It is signalled when
 *                 something is asked
 * @return 0; EINVAL for the path's length; what FILE_ATTACH is refused with; EIO
 */
int manager_attach(struct manager *manager, slot files, const char *path, slot signals)
{
    size_t length = strlen(path);
    struct message message = {.words = {length}};
    int error;

    if (length == 0 || length > FILE_PATH_MAX) {
        return EINVAL;
    }
    memcpy(data(), path, length);
    message.info = info_make(FILE_ATTACH, words_for(length)) | info_transfer(signals);
    error = ask(files, &message);
    *manager = (struct manager){files, message.words[0]};
    return error;
}

/** @return how many bytes came with a request */
static size_t length_of(const struct manager_call *call)
{
    switch (call->request) {
    case MANAGER_OPEN:
        return call->second;
    case MANAGER_WRITE:
        return call->first;
    default:
        return 0;
    }
}

/**
 * Answers a request, and gets the next one. Never waits: when nothing is asked, a signal will say
 * that this has changed.
 *
 * @param manager  from manager_attach()
 * @param answer   its `tag` is 0 for no answer; `size` at most FILE_DATA_MAX
 * @param call     set; its `tag` is 0 when nothing is asked
 * @return 0; EIO: the VFS server is gone; EPROTO: it has sent what is no request
 */
int manager_next(const struct manager *manager, const struct manager_answer *answer,
                 struct manager_call *call)
{
    struct message message = {
        .info = info_make(FILE_NEXT, words_for(answer->size)),
        .words = {manager->number, answer->tag, (uint64_t)answer->error, answer->result},
    };
    int error;

    if (answer->size > 0) {
        memcpy(data(), answer->bytes, answer->size);
    }
    call->tag = 0;
    error = ask(manager->files, &message);
    if (error != 0 || message.words[0] == 0) {
        return error;
    }
    call->request = (enum manager_request)message.words[1];
    call->handle = message.words[2];
    call->first = message.words[3];
    call->second = message.words[4];
    call->length = length_of(call);
    if (call->length > FILE_DATA_MAX || words_for(call->length) > info_length(message.info)) {
        return EPROTO;
    }
    call->tag = message.words[0];
    memcpy(call->bytes, data(), call->length);
    call->bytes[call->length] = '\0';
    return 0;
}
