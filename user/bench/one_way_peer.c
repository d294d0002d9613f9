/**
 * @file
 * The receiver of messages that get no answer.
 */
#include "measure.h"
#include "program.h"

int64_t main(uint64_t argument)
{
    struct message message;

    (void)argument;
    while (ipc_recv(MEASURE_PEER_ENDPOINT, &message, TIMEOUT_INFINITE) == ERROR_NONE) {
    }
    return 0;
}
