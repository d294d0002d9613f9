/**
 * @file
 * Clients: what the server keeps of each process that asks.
 *
 * A client begins with its first request, or when the process that has created it says so
 * (FILE_BEGIN). It ends with its process: then its requests are cancelled, and when none is under
 * way any more its descriptors are closed.
 */
#pragma once

#include "descriptors.h"
#include "node.h"

#define CLIENTS_MAX 128u        /**< as many as there can be processes */
#define CLIENT_UMASK_BITS 0777u /**< permissions that it can keep from new files */

/** A client. Written by clients.c, but for what is marked. */
struct client {
    uint64_t id;                    /**< the process's, which is its badge; 0: nobody */
    struct node *directory;         /**< the current one; its writers: cwd.c, begin.c */
    uint32_t umask;                 /**< what its new files do not get; by umask.c, begin.c */
    struct descriptors descriptors; /**< by descriptors.c */
    uint64_t creator;               /**< who has said FILE_BEGIN; 0: nobody; by begin.c */
    unsigned above;                 /**< how many above it have begun so; by begin.c */
    bool has_asked;                 /**< it has made a request */
    uint64_t told;                  /**< failures of all mounts that it was told of; by sync.c */
    bool is_ending;
    unsigned requests;      /**< under way */
    struct wait_queue idle; /**< who waits until there are none */
};

struct client *client_of(uint64_t id);
struct client *client_find(uint64_t id);
struct client *client_make(uint64_t id, struct node *directory);
void client_request_begins(struct client *client);
void client_request_ends(struct client *client);
unsigned clients_more_requests(void);
void clients_sweep(void);
