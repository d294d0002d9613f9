/**
 * @file
 * Where threads meet: endpoints and notifications; and who lends his importance to whom.
 */
#pragma once

#include "task/sched.h"

/**
 * An endpoint holds no messages: whoever comes first waits for the other side. So one of the two
 * queues is empty at any time.
 */
struct endpoint {
    struct thread_queue receivers; /**< RECEIVING threads, first come, first served */
    struct thread_queue senders;   /**< SENDING and CALLING threads, likewise */
    uint32_t slots;                /**< capabilities to it */
    uint32_t receive_slots;        /**< of these, the ones with the right to receive */
    struct thread *server;         /**< who has received from it last. By priority.c */
};

/** @return whether no thread may receive from an endpoint any more */
static inline bool endpoint_is_closed(const struct endpoint *endpoint)
{
    return endpoint->receive_slots == 0;
}

enum error endpoint_send(struct thread *sender, struct endpoint *endpoint, uint64_t badge,
                         bool is_call, uint64_t timeout);
enum error endpoint_receive(struct thread *receiver, struct endpoint *endpoint, uint64_t timeout);
bool endpoint_close(struct endpoint *endpoint);

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

void priority_follow(struct thread *thread);
void priority_serve(struct thread *server, struct endpoint *endpoint);
struct endpoint *priority_lent_to(const struct thread *thread);
void priority_settle(const struct endpoint *endpoint);
void priority_change(struct thread *thread);
void priority_forget_thread(struct thread *thread);
void priority_forget_endpoint(struct endpoint *endpoint);
