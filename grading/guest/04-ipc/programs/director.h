/**
 * @file
 * For programs that start peers.
 */
#pragma once

#include "guest_program.h"
#include "peer_parts.h"
#include "string.h"
#include "task.h"

/** Starts a peer in a part; it is given a copy of a slot. */
static inline task_id director_start(const char *peer, enum peer_part part, uint64_t number,
                                     slot given)
{
    struct call_result started =
        task_start(peer, strlen(peer), number << PEER_NUMBER_SHIFT | part, given);

    guest_report("set-up", started.error);
    return (task_id){started.value};
}

/** Waits for a peer's end. */
static inline void director_join(task_id peer)
{
    struct call_result ended = task_join(peer);

    guest_report("set-up", ended.error);
    guest_report_signed("status", (int64_t)ended.value);
}

/** What a step of the test has to do so that the next one can be made. */
static inline void director_set_up(enum error error)
{
    guest_report("set-up", error);
}
