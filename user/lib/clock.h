/**
 * @file
 * The kernel's clock.
 */
#pragma once

#include "call.h"

/* `value` is the milliseconds since the machine began. */

struct call_result clock_read(void);
