/**
 * @file
 * What the clients and the server of the exchange have in common.
 */
#pragma once

#include "digest.h"
#include "ipc.h"

/** What the server answers to a word of a client. */
static inline uint64_t exchange_answer(uint64_t word, uint64_t badge)
{
    return (word ^ badge) * DIGEST_FACTOR;
}

/* The argument of a client's task. */

static inline uint64_t exchange_argument(uint64_t count, uint64_t length)
{
    return count << 8 | length;
}
