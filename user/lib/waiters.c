/**
 * @file
 * Callers that a server lets wait: a ring of requests, and the authority to answer each in the slot
 * of the same index.
 */
#include "waiters.h"

#include "server.h"

static slot slot_of(const struct waiters *waiters, unsigned index)
{
    return (slot){waiters->first_slot + index};
}

/**
 * Lets the caller that was received last wait.
 *
 * @param waiters  the queue
 * @param request  what it asked for
 * @return false when there is no room, or no caller
 */
bool waiters_add(struct waiters *waiters, const struct message *request)
{
    unsigned index = (waiters->first + waiters->count) % WAITERS_MAX;

    if (waiters->count == WAITERS_MAX || reply_save(slot_of(waiters, index)) != ERROR_NONE) {
        return false;
    }
    waiters->requests[index] = *request;
    waiters->count++;
    return true;
}

/** @return the request that came first; NULL when nobody waits */
const struct message *waiters_first(const struct waiters *waiters)
{
    return waiters->count == 0 ? NULL : &waiters->requests[waiters->first];
}

/**
 * Answers the caller that came first, and removes it.
 *
 * @param waiters  the queue, with somebody in it
 * @param answer   for that caller
 */
void waiters_answer_first(struct waiters *waiters, const struct message *answer)
{
    server_answer(slot_of(waiters, waiters->first), answer);
    waiters->first = (waiters->first + 1) % WAITERS_MAX;
    waiters->count--;
}
