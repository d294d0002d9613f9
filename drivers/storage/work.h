/**
 * @file
 * What is done next.
 */
#pragma once

#include <stdbool.h>

#include "storage/ata_command.h"
#include "storage/client.h"

/** Requests that are done by one command: the next ones of one client. */
struct work {
    struct client *client;
    unsigned count;
    unsigned attempts; /**< how often the first request has been tried, with this time */
    struct ata_order order;
    uint64_t offset; /**< of the first request's data in the client's memory */
};

bool work_take(struct work *work);
