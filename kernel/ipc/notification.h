/**
 * @file
 * Notifications: bits that somebody can wait for.
 */
#pragma once

#include "abi/error.h"
#include "task/queue.h"

/** A notification. */
struct notification {
    uint64_t bits;               /**< signals that nobody has taken yet */
    struct thread_queue waiters; /**< WAITING threads, first come, first served */
    struct thread *bound;        /**< receives them as messages, too; NULL: nobody */
    unsigned slots;              /**< slots that name it; 0: free for use */
};

/** The `bound` of a thread that has bound none. Never has a signal. */
extern struct notification notification_none;

void notification_send(struct notification *notification, uint64_t bits);
uint64_t notification_take(struct notification *notification);
enum error notification_bind(struct notification *notification, struct thread *thread);
void notification_unbind(struct thread *thread);
bool notification_close(struct notification *notification);
