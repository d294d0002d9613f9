/**
 * @file
 * Notifications: bits that somebody can wait for.
 *
 * A signal never waits and is never lost: its bits are added to those that are there. Whoever waits
 * takes all of them at once. Invariant: while somebody waits there are no bits.
 */
#include "ipc/endpoint.h"

#include "arch/switch.h"
#include "ipc/message.h"

struct notification notification_none;

/**
 * Sends a signal: adds bits to those that nobody has taken yet. All bits then go to the first of
 * the waiters, whose wait is over (its call's value is the bits); if nobody waits, and the bound
 * thread is RECEIVING, they go to that one as a message (message_deliver_signal()). Who gets them
 * has taken them (notification_take()). Otherwise they stay.
 *
 * @param notification  where to
 * @param bits          to add; 0 does nothing
 */
void notification_send(struct notification *notification, uint64_t bits)
{
    struct thread *waiter = notification->waiters.first;
    struct thread *bound = notification->bound;

    notification->bits |= bits;
    if (notification->bits == 0) {
        return;
    }
    if (waiter != NULL) {
        context_set_result(&waiter->context, ERROR_NONE, notification_take(notification));
        wait_finish(waiter);
    } else if (bound != NULL && bound->state == THREAD_RECEIVING) {
        message_deliver_signal(bound, notification_take(notification));
        wait_finish(bound);
    }
}

/** Takes all bits. */
uint64_t notification_take(struct notification *notification)
{
    uint64_t bits = notification->bits;

    notification->bits = 0;
    return bits;
}

/**
 * Lets a thread receive a notification's signals along with its messages, in place of those that it
 * has received so far.
 *
 * @return ERROR_NONE; ERROR_BUSY when another thread does
 */
enum error notification_bind(struct notification *notification, struct thread *thread)
{
    if (notification->bound != NULL && notification->bound != thread) {
        return ERROR_BUSY;
    }
    notification_unbind(thread);
    notification->bound = thread;
    thread->bound = notification;
    return ERROR_NONE;
}

/** Ends that. */
void notification_unbind(struct thread *thread)
{
    thread->bound->bound = NULL;
    thread->bound = &notification_none;
}

/**
 * Nobody can send or wait for signals any more: the first of those who wait is told so. When nobody
 * waits, it is as it was when it was new.
 *
 * @return whether somebody waited
 */
bool notification_close(struct notification *notification)
{
    if (notification->waiters.first != NULL) {
        wait_cancel(notification->waiters.first, ERROR_PEER_ENDED);
        return true;
    }
    if (notification->bound != NULL) {
        notification_unbind(notification->bound);
    }
    notification->bits = 0;
    return false;
}
