/**
 * @file
 * Notifications: words of 64 bits that are set without waiting, and waited for.
 */
#pragma once

#include "slot.h"

enum error notification_create(slot into);
enum error notification_signal(slot notification);
enum error notification_bind(slot notification);

/* `value` is the bits that were set; they are clear again. */

struct call_result notification_wait(slot notification, uint64_t timeout);
