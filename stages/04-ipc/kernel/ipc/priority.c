/**
 * @file
 * Who is more important: nobody, so far. All threads have their turns alike, whoever waits for
 * them.
 */
#include "ipc/endpoint.h"

/** A thread receives from an endpoint. */
void priority_serve(struct thread *server, struct endpoint *endpoint)
{
    (void)server;
    (void)endpoint;
}

/** @return to whom a thread has lent its importance; NULL: nobody */
struct endpoint *priority_lent_to(const struct thread *thread)
{
    (void)thread;
    return NULL;
}

/** It has back what it has lent. */
void priority_settle(const struct endpoint *endpoint)
{
    (void)endpoint;
}
