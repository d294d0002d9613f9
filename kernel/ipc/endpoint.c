/**
 * @file
 * Endpoints: where a sender and a receiver meet.
 *
 * The message never rests in the kernel. It goes from the sender's saved registers to the
 * receiver's when both are there; until then the one who came first waits in the endpoint's queue.
 *
 *     SENDING   -- received -->  READY
 *     CALLING   -- received -->  ANSWERING  -- answered -->  READY
 *     RECEIVING -- a message or a signal -->  READY
 *
 * Every one of these waits may have a timeout (timeout.c), and ends with ERROR_PEER_ENDED when
 * there is nobody left to end it.
 */
#include "ipc/endpoint.h"

#include "debug/printk.h"
#include "ipc/message.h"

/** An init step: says that messages can be sent from here on. */
void endpoint_init(void)
{
    printk("[ipc] endpoints ready\n");
}

/**
 * Sends the running thread's message.
 *
 * If a thread waits in `receivers`, the first one gets the message (message_deliver(), with the
 * badge) and its wait is over (wait_finish()). A call then waits for the answer (reply_expect(),
 * and its timeout runs: timeout_start()); a sender that wants none goes on at once. Otherwise the
 * sender lines up behind all `senders` until somebody receives: its state is THREAD_CALLING or
 * THREAD_SENDING, it remembers the badge in `badge`, and its timeout runs.
 *
 * @param sender    the current thread
 * @param endpoint  where
 * @param badge     tells the receiver through which slot the message came
 * @param is_call   whether the sender wants an answer
 * @param timeout   in milliseconds; TIMEOUT_NONE: only if a receiver waits already, and then a
 *                  call's timeout runs like any other; TIMEOUT_INFINITE
 * @return ERROR_NONE: sent, or waiting; ERROR_PEER_ENDED when nobody may receive any more
 *         (endpoint_is_closed()); ERROR_TIMEOUT when it would have to wait for a receiver, and must
 *         not
 */
enum error endpoint_send(struct thread *sender, struct endpoint *endpoint, uint64_t badge,
                         bool is_call, uint64_t timeout)
{
    struct thread *receiver = endpoint->receivers.first;

    if (endpoint_is_closed(endpoint)) {
        return ERROR_PEER_ENDED;
    }
    if (receiver != NULL) {
        message_deliver(sender, receiver, badge);
        wait_finish(receiver);
        if (is_call) {
            reply_expect(sender, receiver);
            timeout_start(sender, timeout);
        }
        return ERROR_NONE;
    }
    if (timeout == TIMEOUT_NONE) {
        return ERROR_TIMEOUT;
    }
    sender->state = is_call ? THREAD_CALLING : THREAD_SENDING;
    sender->badge = badge;
    queue_append(&endpoint->senders, sender);
    timeout_start(sender, timeout);
    return ERROR_NONE;
}

/**
 * Receives a message, or a signal of the notification that is bound to the thread.
 *
 * Signals first: if the bound notification has any, they are the message (notification_take()).
 * Else the first one in `senders` hands its message over (message_deliver(), with its badge) and
 * leaves the queue: a caller waits for the answer from now on (reply_expect(); its timeout runs
 * on), any other sender's wait is over (wait_finish()). If nobody is there, the receiver lines up
 * behind all `receivers`, THREAD_RECEIVING, and its timeout runs (timeout_start()).
 *
 * @param receiver  the current thread; its last caller has been dealt with
 * @param endpoint  where
 * @param timeout   in milliseconds; TIMEOUT_NONE: only what is there already; TIMEOUT_INFINITE
 * @return ERROR_NONE: received, or waiting; ERROR_TIMEOUT when it would have to wait, and must not
 */
enum error endpoint_receive(struct thread *receiver, struct endpoint *endpoint, uint64_t timeout)
{
    struct thread *sender = endpoint->senders.first;

    if (receiver->bound->bits != 0) {
        message_deliver_signal(receiver, notification_take(receiver->bound));
    } else if (sender != NULL) {
        message_deliver(sender, receiver, sender->badge);
        if (sender->state == THREAD_CALLING) {
            queue_remove(sender);
            reply_expect(sender, receiver);
        } else {
            wait_finish(sender);
        }
    } else if (timeout == TIMEOUT_NONE) {
        return ERROR_TIMEOUT;
    } else {
        receiver->state = THREAD_RECEIVING;
        queue_append(&endpoint->receivers, receiver);
        timeout_start(receiver, timeout);
    }
    return ERROR_NONE;
}

/**
 * Nobody may receive any more: the first of those who wait is told so.
 *
 * @return whether there was one
 */
bool endpoint_close(struct endpoint *endpoint)
{
    struct thread *sender = endpoint->senders.first;
    struct thread *waits = sender != NULL ? sender : endpoint->receivers.first;

    if (waits != NULL) {
        wait_cancel(waits, ERROR_PEER_ENDED);
    }
    return waits != NULL;
}
