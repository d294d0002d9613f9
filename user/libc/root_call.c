/**
 * @file
 * Requests to the root task.
 */
#include "root_call.h"

#include <errno.h>

#include "error_number.h"
#include "first_task.h"
#include "rpc.h"

/**
 * Makes a request.
 *
 * @param message  the request, and afterwards the answer
 * @return 0; -1, with errno
 */
int root_call(struct message *message)
{
    enum error error = rpc_call(SLOT_PAGER, message, TIMEOUT_INFINITE);

    if (error != ERROR_NONE) {
        errno = error_number(error);
        return -1;
    }
    return 0;
}

/** Makes a request of two words. @return 0; -1, with errno */
int root_ask(enum init_session_label label, uint64_t first, uint64_t second)
{
    struct message message = {.info = info_make(label, 2), .words = {first, second}};

    return root_call(&message);
}
