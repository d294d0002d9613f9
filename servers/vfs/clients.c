/**
 * @file
 * Clients: how they begin, and how they end.
 */
#include "clients.h"

#include "managers.h"
#include "mounts.h"
#include "open_file.h"
#include "request.h"
#include "root.h"
#include "worker_run.h"

#define FIRST_UMASK 022u /* of who has inherited none: only the owner writes */

static struct client clients[CLIENTS_MAX];
static unsigned more_requests;        /* under way, of clients that have another one */
static bool is_sweeping, shall_sweep; /* a worker looks for clients that have ended; once more */

/** @return the client of a process; NULL: there is none */
struct client *client_find(uint64_t id)
{
    struct client *likely = &clients[id % CLIENTS_MAX]; /* ids are given out that way */

    if (likely->id == id) {
        return id != 0 ? likely : NULL;
    }
    for (struct client *client = clients; id != 0 && client < clients + CLIENTS_MAX; client++) {
        if (client->id == id) {
            return client;
        }
    }
    return NULL;
}

/** @return the place for a new client; NULL: there is none */
static struct client *find_place(uint64_t id)
{
    if (clients[id % CLIENTS_MAX].id == 0) {
        return &clients[id % CLIENTS_MAX];
    }
    for (struct client *client = clients; client < clients + CLIENTS_MAX; client++) {
        if (client->id == 0) {
            return client;
        }
    }
    return NULL;
}

/**
 * Makes a client without open files.
 *
 * @param id         of a process that is none yet
 * @param directory  its current directory
 * @return the client; NULL: there are CLIENTS_MAX already
 */
struct client *client_make(uint64_t id, struct node *directory)
{
    struct client *client = find_place(id);

    if (client != NULL) {
        *client = (struct client){.id = id,
                                  .directory = node_hold(directory),
                                  .umask = FIRST_UMASK,
                                  .told = mounts_told()};
    }
    return client;
}

/** @return the client that a badge stands for, which is made if need be, with the root as its
 * current directory; NULL: there is no room, or no badge, or the process has ended: somebody else
 * may use its endpoint */
struct client *client_of(uint64_t id)
{
    struct client *client = client_find(id);

    if (client == NULL && id != 0) {
        client = client_make(id, mounts_top());
    }
    if (client == NULL || client->is_ending) {
        return NULL;
    }
    client->has_asked = true;
    return client;
}

/** Counts a request that is under way. */
void client_request_begins(struct client *client)
{
    more_requests += client->requests > 0;
    client->requests++;
}

/** Counts it no more. */
void client_request_ends(struct client *client)
{
    client->requests--;
    more_requests -= client->requests > 0;
    if (client->requests == 0) {
        worker_wake_all(&client->idle);
    }
}

/** @return how many requests are under way of clients that have another one, not counting that */
unsigned clients_more_requests(void)
{
    return more_requests;
}

/** Gives back all that a client has. */
static void end(struct client *client)
{
    client->is_ending = true;
    requests_cancel(client);
    managers_end(client->id);
    while (client->requests > 0) {
        worker_sleep_surely(&client->idle);
    }
    for (unsigned i = 0; i < FILE_DESCRIPTORS; i++) {
        struct open_file *file = descriptor_drop(&client->descriptors, i);

        if (file != NULL) {
            open_file_put(file);
        }
    }
    node_put(client->directory);
    *client = (struct client){.id = 0};
}

/** What the worker does: looks at all clients, as often as that is wanted. */
static void sweep(void)
{
    do {
        shall_sweep = false;
        for (struct client *client = clients; client < clients + CLIENTS_MAX; client++) {
            if (client->id != 0 && !root_process_lives(client->id)) {
                end(client);
            }
        }
    } while (shall_sweep);
    is_sweeping = false;
}

/** Ends the clients whose processes have ended. Called by the main loop. */
void clients_sweep(void)
{
    shall_sweep = true;
    if (!is_sweeping) {
        is_sweeping = worker_start(sweep) != NULL;
    }
}
