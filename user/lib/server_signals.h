/**
 * @file
 * Servers that wait for more than requests: for signals, and for the time.
 */
#pragma once

#include <stdint.h>

#include "server.h"

/** What such a server does. */
struct server {
    slot endpoint;          /**< where requests come */
    server_handler handler; /**< takes a request */
    /** Takes signals of the notification that is bound to the thread: their bits. */
    void (*take_signals)(uint64_t bits);
    /** @return milliseconds until something is to be done, whatever comes meanwhile; NULL: never */
    uint64_t (*time_left)(void);
    void (*time_is_up)(void); /**< does it; called when time_left() gives 0 */
};

enum error server_run_with_signals(const struct server *server);
