/**
 * @file
 * What servers have in common: receive, handle, answer.
 */
#include "server.h"

#include "endpoint.h"

/**
 * Makes an endpoint and registers it. What goes to the name server cannot be received from.
 *
 * @param name  for clients
 * @param into  an empty slot for the endpoint; the one behind it has to be empty too
 * @return ERROR_NONE, or what was refused
 */
enum error server_open(const char *name, slot into)
{
    slot published = {into.number + 1};
    enum error error = endpoint_create(into);

    if (error == ERROR_NONE) {
        error = slot_copy(published, into, RIGHT_SEND | RIGHT_GRANT, 0);
    }
    if (error == ERROR_NONE) {
        error = endpoint_register(name, published);
        slot_delete(published);
    }
    return error;
}

/**
 * Receives messages and has them handled, for ever. A caller that is gone before its answer does
 * not hinder the server.
 *
 * @param endpoint  where to receive
 * @param handler   called for each message
 * @return why nothing can be received
 */
enum error server_run(slot endpoint, server_handler handler)
{
    struct message message;
    enum error error;
    bool answer = false;

    for (;;) {
        error = answer ? ipc_reply_recv(endpoint, &message, TIMEOUT_INFINITE) : ERROR_NO_CALLER;
        if (error != ERROR_NONE) { /* nobody to answer, so the answer is dropped */
            error = ipc_recv(endpoint, &message, TIMEOUT_INFINITE);
        }
        if (error != ERROR_NONE) {
            return error;
        }
        answer = handler(&message);
    }
}

/**
 * Makes a message an answer that says only whether it went well.
 *
 * @param message  replaced by the answer
 * @param error    the answer's label
 * @return true, for the handler
 */
bool server_result(struct message *message, enum error error)
{
    *message = (struct message){.info = info_make(error, 0)};
    return true;
}

/**
 * Answers a caller that was put aside. It may be gone.
 *
 * @param caller   from reply_save(); empty afterwards
 * @param message  the answer
 */
void server_answer(slot caller, const struct message *message)
{
    if (ipc_reply(caller, message) != ERROR_NONE) {
        slot_delete(caller);
    }
}
