/**
 * @file
 * The time of day: the kernel counts milliseconds, the clock driver knows the day. It is asked when
 * the time of day is needed, until it has answered once. Before that the time of day is that since
 * the machine began, counted from 1970 on.
 *
 * The clock driver is a client of this server, and may be waiting for it just then. So it is asked
 * with patience for a moment only, and not more often than once in a second.
 */
#include "clock.h"

#include <clock.h> /* the library's: clock_read() */
#include <stdbool.h>

#include "clock/proto.h"
#include "endpoint.h"
#include "rpc.h"
#include "slots.h"

#define PATIENCE 50u       /* milliseconds: for an answer */
#define ASK_INTERVAL 1000u /* milliseconds */
#define SECOND 1000u       /* milliseconds */

static uint64_t began; /* when the machine began, in seconds since 1970; 0: not known */
static uint64_t next;  /* when to ask again, in milliseconds since the machine began */

/** @return milliseconds since the machine began */
uint64_t clock_milliseconds(void)
{
    return clock_read().value;
}

/** Finds the clock driver; does not wait for one that is not there yet. @return whether it is
 * there */
static bool find_driver(void)
{
    slot driver = {SLOT_CLOCK};

    return slot_kind(driver) != 0 ||
           endpoint_lookup_within("clock", driver, PATIENCE) == ERROR_NONE;
}

/** Asks the clock driver what time it is. */
static void ask(uint64_t now)
{
    struct message message = {.info = info_make(CLOCK_NOW, 0)};

    if (find_driver() && rpc_call((slot){SLOT_CLOCK}, &message, PATIENCE) == ERROR_NONE &&
        message.words[0] > now / SECOND) {
        began = message.words[0] - now / SECOND;
    }
}

/** @return seconds since 1970-01-01 00:00 UTC */
uint64_t clock_seconds(void)
{
    uint64_t now = clock_milliseconds();

    if (began == 0 && now >= next) {
        next = now + ASK_INTERVAL;
        ask(now);
    }
    return began + now / SECOND;
}
