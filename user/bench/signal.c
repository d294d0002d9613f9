/**
 * @file
 * Ping-pong by notifications: a signal to a task that waits, and one back.
 */
#include "signal.h"

#include "measure.h"
#include "notification.h"
#include "program.h"

static void ping_pong(uint64_t turns)
{
    for (; turns > 0; turns--) {
        measure_require(notification_signal(SIGNAL_PING));
        measure_require((enum error)notification_wait(SIGNAL_PONG, TIMEOUT_INFINITE).error);
    }
}

/** Makes a notification whose signals are 1, and sends it to the peer. */
static void share(slot made, slot signalled)
{
    struct message message = {.info = info_make(0, 0) | info_transfer(signalled)};

    measure_require(notification_create(made));
    measure_require(slot_copy(signalled, made, RIGHT_SEND | RIGHT_RECEIVE, 1));
    measure_require(ipc_send(MEASURE_ENDPOINT, &message, TIMEOUT_INFINITE));
}

int64_t main(uint64_t argument)
{
    (void)argument;
    measure_start_peer("signal_peer");
    share((slot){35}, SIGNAL_PING);
    share((slot){36}, SIGNAL_PONG);
    measure_run(&(struct measure){.name = "signal-ping-pong", .batch = ping_pong, .per_turn = 1});
    return 0;
}
