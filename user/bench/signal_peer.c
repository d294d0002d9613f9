/**
 * @file
 * The other half of the ping-pong.
 */
#include "signal.h"

#include "buffer.h"
#include "measure.h"
#include "notification.h"
#include "program.h"

static void take(slot into)
{
    struct message message;

    ipc_buffer->receive_slot = into.number;
    measure_require(ipc_recv(MEASURE_PEER_ENDPOINT, &message, TIMEOUT_INFINITE));
}

int64_t main(uint64_t argument)
{
    (void)argument;
    take(SIGNAL_PING);
    take(SIGNAL_PONG);
    for (;;) {
        measure_require((enum error)notification_wait(SIGNAL_PING, TIMEOUT_INFINITE).error);
        measure_require(notification_signal(SIGNAL_PONG));
    }
}
