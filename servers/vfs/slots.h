/**
 * @file
 * The server's slots, and the signals that reach it.
 */
#pragma once

#include "capability.h"

/** What stands in which slot. */
enum server_slot {
    SLOT_CLIENTS = 3,            /**< the server's endpoint; badges are the clients' process ids */
    SLOT_PUBLISHED,              /**< while it is made known */
    SLOT_ARRIVING,               /**< where a slot arrives that travels with a request */
    SLOT_SIGNALS,                /**< the notification that is bound to the server's thread */
    SLOT_SIGNAL_ENDED,           /**< a copy of it: for the root task; badge SIGNAL_ENDED */
    SLOT_SIGNAL_STORAGE,         /**< a copy of it: for the storage driver; badge SIGNAL_STORAGE */
    SLOT_STORAGE_MEMORY,         /**< the frame for disks' data, as it is mapped */
    SLOT_STORAGE_MEMORY_TO_GIVE, /**< a copy of it, while it travels */
    SLOT_CLOCK,                  /**< the clock driver's endpoint */
    SLOT_MANAGERS = 16,          /**< a notification for each manager */
    SLOT_STORAGE = SLOT_OWN_CALLS, /**< the storage driver's endpoint: `calls storage` */
    SLOT_CALLERS = 96              /**< who waits for the answer of each worker's request */
};

/** Bits of the notification. */
enum server_signal {
    SIGNAL_ENDED = 1,  /**< a process has ended */
    SIGNAL_STORAGE = 2 /**< the storage driver has finished something */
};
