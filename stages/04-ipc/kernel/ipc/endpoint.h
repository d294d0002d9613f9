/**
 * @file
 * Endpoints: where messages are handed over.
 */
#pragma once

#include "abi/error.h"
#include "task/queue.h"

/**
 * An endpoint holds no messages: whoever comes first waits for the other side. So one of the two
 * queues is empty at any time.
 */
struct endpoint {
    struct thread_queue receivers; /**< RECEIVING threads, first come, first served */
    struct thread_queue senders;   /**< SENDING and CALLING threads, likewise */
    unsigned slots;                /**< slots that name it; 0: free for use */
    unsigned receive_slots;        /**< of these, the ones with the right to receive */
};

/** @return whether no thread may receive from an endpoint any more */
static inline bool endpoint_is_closed(const struct endpoint *endpoint)
{
    return endpoint->receive_slots == 0;
}

void endpoint_init(void);
enum error endpoint_send(struct thread *sender, struct endpoint *endpoint, uint64_t badge,
                         bool is_call, uint64_t timeout);
enum error endpoint_receive(struct thread *receiver, struct endpoint *endpoint, uint64_t timeout);
bool endpoint_close(struct endpoint *endpoint);
