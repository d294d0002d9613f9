/**
 * @file
 * What the two programs of the ping-pong agree on.
 */
#pragma once

#include "slot.h"

/* Where each of them has the two notifications: the peer waits for the ping. */
#define SIGNAL_PING ((slot){33})
#define SIGNAL_PONG ((slot){34})
