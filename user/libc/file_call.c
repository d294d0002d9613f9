/**
 * @file
 * Requests to the VFS server: the one place where the C library talks to it.
 *
 * Bytes stand in the IPC buffer from FILE_DATA_WORD on. The first words of that page mean something
 * else (abi/message.h); they are left alone, for the words that they would be travel in registers.
 */
#include "file_call.h"

#include <errno.h>
#include <string.h>

#include "buffer.h"
#include "error_number.h"
#include "files.h"
#include "ipc.h"

slot files_endpoint;

_Static_assert(FILE_DATA_WORD == MESSAGE_REGISTER_WORDS, "what is behind the registers is bytes");

/** Puts the request's bytes into the buffer. @return how many; more than FILE_DATA_MAX: too many */
static size_t put_bytes(const struct file_call *call)
{
    char *to = (char *)&ipc_buffer->words[FILE_DATA_WORD];
    size_t used = 0;

    for (unsigned i = 0; i < FILE_CALL_PARTS; i++) {
        const struct file_part *part = &call->parts[i];

        if (part->size > FILE_DATA_MAX - used) {
            return FILE_DATA_MAX + 1;
        }
        if (part->size > 0) {
            memcpy(to + used, part->from, part->size);
            used += part->size;
        }
    }
    return used;
}

/** Takes the answer's bytes out of the buffer. */
static void take_bytes(struct file_call *call, uint64_t info)
{
    uint64_t length = info_length(info);
    bool has_bytes = (info & MESSAGE_BUFFER) != 0 && length > FILE_DATA_WORD;
    size_t there = has_bytes ? (length - FILE_DATA_WORD) * sizeof(uint64_t) : 0;

    call->received = there < call->room ? there : call->room;
    if (call->received > 0) {
        memcpy(call->to, &ipc_buffer->words[FILE_DATA_WORD], call->received);
    }
}

/** Sends the request, and waits for the answer as long as it takes. @return an error number */
static int exchange(struct message *message)
{
    enum error error = ipc_call(files_endpoint, message, TIMEOUT_INFINITE);

    return error == ERROR_NONE ? (int)info_label(message->info) : error_number(error);
}

/**
 * Makes a request.
 *
 * @param call  the request, and afterwards the answer
 * @return whether it went well; if not, errno is set
 */
bool file_call(struct file_call *call)
{
    size_t bytes = put_bytes(call);
    uint64_t length = FILE_DATA_WORD + (bytes + sizeof(uint64_t) - 1) / sizeof(uint64_t);
    struct message message = {.info = info_make(call->request, length)};
    int error;

    if (files_endpoint.number == 0 || bytes > FILE_DATA_MAX) {
        errno = files_endpoint.number == 0 ? ENOSYS : E2BIG;
        return false;
    }
    memcpy(message.words, call->words, sizeof(call->words));
    error = exchange(&message);
    if (error != 0) {
        errno = error;
        return false;
    }
    memcpy(call->words, message.words, sizeof(call->words));
    take_bytes(call, message.info);
    return true;
}
