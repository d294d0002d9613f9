/**
 * @file
 * Servers that wait for more than requests. There is one place to wait: a signal of the bound
 * notification comes as a message does, and the wait ends when the time is up.
 */
#include "server_signals.h"

#include <stddef.h>

/** Has done what is to be done now. @return how long to wait, in milliseconds */
static uint64_t time_to_wait(const struct server *server)
{
    if (server->time_left == NULL) {
        return TIMEOUT_INFINITE;
    }
    if (server->time_left() == 0) {
        server->time_is_up();
    }
    return server->time_left();
}

/** Answers, if there is something to answer, and waits. */
static enum error receive(const struct server *server, struct message *message, bool answer)
{
    uint64_t time = time_to_wait(server);
    enum error error = ERROR_NO_CALLER;

    if (answer) {
        error = ipc_reply_recv(server->endpoint, message, time);
    }
    if (error == ERROR_NO_CALLER) { /* nobody to answer, so an answer is dropped */
        error = ipc_recv(server->endpoint, message, time);
    }
    return error;
}

/** Handles what has come. @return whether there is an answer */
static bool handle(const struct server *server, struct message *message)
{
    if ((message->info & MESSAGE_SIGNAL) == 0) {
        return server->handler(message);
    }
    server->take_signals(message->badge);
    return false;
}

/**
 * Receives requests and signals and has them handled, for ever. A caller that is gone before its
 * answer does not hinder the server.
 *
 * @return why nothing can be received
 */
enum error server_run_with_signals(const struct server *server)
{
    struct message message;
    bool answer = false;

    for (;;) {
        enum error error = receive(server, &message, answer);

        if (error != ERROR_NONE && error != ERROR_TIMEOUT) {
            return error;
        }
        answer = error == ERROR_NONE && handle(server, &message);
    }
}
