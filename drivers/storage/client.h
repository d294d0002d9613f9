/**
 * @file
 * Clients and their requests.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "capability.h"

#include "storage/proto.h"

#define CLIENTS_MAX 8u

/** What a client has asked for. */
struct request {
    enum storage_operation operation;
    unsigned disk;
    uint64_t first; /**< sector */
    unsigned sectors;
    uint64_t offset; /**< bytes into the client's memory */
    uint64_t tag;
    unsigned attempts; /**< commands for it so far */
    int error;         /**< once it is finished */
};

/**
 * A client. Its requests are a ring; three counters say how far each step has come, in the order
 * reaped <= finished <= submitted <= reaped + STORAGE_QUEUE. The next to be worked at is number
 * `finished`.
 */
struct client {
    uint64_t name; /**< its badge; 0: this place is free */
    uint64_t submitted, finished, reaped;
    unsigned careful; /**< that many are to be done one by one, without DMA */
    struct request ring[STORAGE_QUEUE];
};

extern struct client clients[CLIENTS_MAX];

struct client *client_find(uint64_t name);
struct client *client_get(uint64_t name);
slot client_memory(const struct client *client);
slot client_signal(const struct client *client);
uint64_t client_memory_size(const struct client *client);
struct request *client_request(struct client *client, uint64_t number);
void client_finish(struct client *client, unsigned count, int error);
