/**
 * @file
 * Clients: the tasks that the first task has started.
 */
#pragma once

#include <stdbool.h>

#include "child.h"
#include "image.h"

/** A client. Written by clients.c; `regions` by regions.c. */
struct client {
    task_id task;              /**< 0: nobody */
    task_id parent;            /**< who has asked for it, and may join it */
    const struct image *image; /**< its program */
    uint64_t regions;          /**< a bit for each shared region that it has attached */
};

/** What a new client is given, but for its program. */
struct client_start {
    uint64_t argument;
    task_id parent;
    slot given;
    slot faults;
};

struct call_result client_start(const char *name, const struct client_start *start);
struct client *client_find(task_id task);
bool client_is_alive(task_id task);
void clients_sweep(void);
