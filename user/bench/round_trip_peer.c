/**
 * @file
 * The server of the round trip: answers each message with the same message.
 */
#include "measure.h"
#include "program.h"

int64_t main(uint64_t argument)
{
    struct message message;
    enum error error = ipc_recv(MEASURE_PEER_ENDPOINT, &message, TIMEOUT_INFINITE);

    (void)argument;
    while (error == ERROR_NONE) {
        error = ipc_reply_recv(MEASURE_PEER_ENDPOINT, &message, TIMEOUT_INFINITE);
    }
    return error;
}
