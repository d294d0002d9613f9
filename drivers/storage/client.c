/**
 * @file
 * Clients and their requests: each has a queue of its own, so none can take another one's place.
 *
 * Nobody says when a client ends. But what it has given goes with it, so its slots are empty then;
 * that is looked at when a place is needed.
 */
#include "storage/client.h"

#include <stddef.h>

#include "memory.h"
#include "notification.h"

#include "storage/slots.h"

struct client clients[CLIENTS_MAX];

/** @return the client of a name, NULL when there is none */
struct client *client_find(uint64_t name)
{
    for (struct client *client = clients; client < clients + CLIENTS_MAX; client++) {
        if (client->name == name) {
            return client;
        }
    }
    return NULL;
}

/** @return whether a client has ended, or might as well have */
static bool is_gone(const struct client *client)
{
    return client->submitted == client->finished && slot_kind(client_memory(client)) == 0 &&
           slot_kind(client_signal(client)) == 0;
}

/**
 * Finds a client, or makes it one.
 *
 * @param name  its badge, not 0
 * @return NULL when there is no room
 */
struct client *client_get(uint64_t name)
{
    struct client *client = client_find(name);

    for (unsigned i = 0; client == NULL && i < CLIENTS_MAX; i++) {
        if (is_gone(&clients[i])) {
            client = &clients[i];
            *client = (struct client){.name = name};
        }
    }
    return client;
}

/** @return the slot for a client's memory */
slot client_memory(const struct client *client)
{
    return (slot){FIRST_CLIENT_MEMORY + (uint64_t)(client - clients)};
}

/** @return the slot for a client's notification */
slot client_signal(const struct client *client)
{
    return (slot){FIRST_CLIENT_SIGNAL + (uint64_t)(client - clients)};
}

/** @return bytes of a client's memory; 0 when it has given none, or has taken it back */
uint64_t client_memory_size(const struct client *client)
{
    if (slot_kind(client_memory(client)) != OBJECT_FRAME) {
        return 0;
    }
    return slot_read(client_memory(client), SLOT_READ_SIZE).value * PAGE_SIZE;
}

/** @return the place of a client's request, by its number */
struct request *client_request(struct client *client, uint64_t number)
{
    return &client->ring[number % STORAGE_QUEUE];
}

/** Finishes the next requests of a client, and tells it. It may be gone. */
void client_finish(struct client *client, unsigned count, int error)
{
    for (; count > 0; count--) {
        client_request(client, client->finished++)->error = error;
        client->careful -= client->careful > 0;
    }
    notification_signal(client_signal(client));
}
