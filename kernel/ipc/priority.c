/**
 * @file
 * Priority inheritance along messages.
 *
 * Whoever works for a more important thread is as important as that. There are two cases. A caller
 * whose message has been received waits for its receiver: sched_level() sees that by itself, in the
 * receiver's slot SLOT_LAST_CALLER. A sender that still waits in an endpoint's queue lends its
 * level to whoever has received from the endpoint last, its *server*, as long as it waits there.
 *
 * So the fast path, on which nobody lines up, has nothing to do for any of this. What a server has
 * put aside (reply_save) lends nothing.
 */
#include "ipc/endpoint.h"

/* So far a loan is handed on, from server to server. */
#define LOANS_MAX 16u

static struct endpoint *endpoint_of_senders(struct thread_queue *senders)
{
    return (struct endpoint *)((char *)senders - offsetof(struct endpoint, senders));
}

/** @return whether a thread waits in an endpoint's queue of senders */
static bool is_sending(const struct thread *thread)
{
    return thread->state == THREAD_SENDING || thread->state == THREAD_CALLING;
}

/** Whom a thread waits for; NULL when nobody is known. */
static struct thread *awaited_by(const struct thread *thread)
{
    const struct slot *reply = thread->reply;

    if (is_sending(thread)) {
        return endpoint_of_senders(thread->queue)->server;
    }
    if (thread->state != THREAD_ANSWERING || reply->extra != 0) {
        return NULL; /* it has been put aside */
    }
    return (struct thread *)((char *)reply - offsetof(struct thread, caller));
}

/** Raises whom a thread waits for, whom that one waits for, and so on, to its level. */
static void lend(const struct thread *thread)
{
    unsigned level = sched_level(thread);

    for (unsigned i = 0; i < LOANS_MAX; i++) {
        struct thread *server = awaited_by(thread);

        if (server == NULL) {
            break;
        }
        if (is_sending(thread) && server->inherited < level) {
            server->inherited = level;
        }
        sched_reorder(server);
        thread = server;
    }
}

/** @return the level of the most important of those who wait to send to an endpoint, as far as it
 * looks: whoever fills the queue must not take the kernel long */
static unsigned level_of_senders(const struct endpoint *endpoint)
{
    const struct thread *sender = endpoint->senders.first;
    unsigned highest = 0;

    for (unsigned i = 0; i < LOANS_MAX && sender != NULL; i++, sender = sender->next) {
        unsigned level = sched_level(sender);

        highest = level > highest ? level : highest;
    }
    return highest;
}

/** An endpoint's server has what those lend who wait now. @param endpoint  NULL: nothing is done */
void priority_settle(const struct endpoint *endpoint)
{
    if (endpoint != NULL && endpoint->server != NULL) {
        endpoint->server->inherited = level_of_senders(endpoint);
        sched_reorder(endpoint->server);
    }
}

/** A thread receives from an endpoint: it serves that one from now on, and no other. */
void priority_serve(struct thread *server, struct endpoint *endpoint)
{
    if (server->serves != endpoint) {
        priority_forget_thread(server);
        priority_forget_endpoint(endpoint);
        server->serves = endpoint;
        endpoint->server = server;
    }
}

/**
 * Lets priorities follow what a thread has just done: called after every message call on the
 * general way, and after every fault.
 *
 * @param thread  the current thread
 */
void priority_follow(struct thread *thread)
{
    if (is_sending(thread) || thread->state == THREAD_ANSWERING) {
        lend(thread);
    } else {
        priority_settle(thread->serves);
    }
}

/** @return where a thread lends its level; NULL: nowhere. If it leaves the queue without being
 * received, the endpoint is to be settled. */
struct endpoint *priority_lent_to(const struct thread *thread)
{
    return is_sending(thread) ? endpoint_of_senders(thread->queue) : NULL;
}

/** The level of a thread has changed: so have those of the threads that it waits for. */
void priority_change(struct thread *thread)
{
    sched_reorder(thread);
    lend(thread);
}

/** A thread serves no endpoint any more. */
void priority_forget_thread(struct thread *thread)
{
    if (thread->serves != NULL) {
        thread->serves->server = NULL;
        thread->serves = NULL;
    }
    thread->inherited = 0;
}

/** Nobody serves an endpoint any more. */
void priority_forget_endpoint(struct endpoint *endpoint)
{
    if (endpoint->server != NULL) {
        priority_forget_thread(endpoint->server);
    }
}
