/**
 * @file
 * Answers every request. A request of length 0 and label 1, which a hostile task may send as well,
 * ends it if it comes without a badge.
 */
#include "guest_program.h"
#include "server.h"

static const slot endpoint = {1};

int64_t guest_main(uint64_t argument)
{
    struct message message;
    enum error error = ipc_recv(endpoint, &message, TIMEOUT_INFINITE);

    (void)argument;
    for (;;) {
        if (error != ERROR_NONE) { /* the caller was gone before its answer */
            error = ipc_recv(endpoint, &message, TIMEOUT_INFINITE);
        } else if (message.badge == 0 && message.info == info_make(1, 0)) {
            break;
        } else {
            message.info = info_make(info_label(message.info), 0);
            error = ipc_reply_recv(endpoint, &message, TIMEOUT_INFINITE);
        }
    }
    return ipc_reply(SLOT_REPLY, &message);
}
