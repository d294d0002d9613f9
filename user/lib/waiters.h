/**
 * @file
 * Callers that a server lets wait, in the order in which they came.
 */
#pragma once

#include <stdbool.h>

#include <stddef.h>

#include "ipc.h"

/** Most callers in one queue. */
#define WAITERS_MAX 16u

/** The queue. It uses WAITERS_MAX slots, which are empty in the beginning. */
struct waiters {
    uint64_t first_slot;
    unsigned first; /**< index of the one that came first */
    unsigned count;
    struct message requests[WAITERS_MAX];
};

bool waiters_add(struct waiters *waiters, const struct message *request);
const struct message *waiters_first(const struct waiters *waiters);
void waiters_answer_first(struct waiters *waiters, const struct message *answer);
