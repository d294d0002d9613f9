/**
 * @file
 * A client's memory, seen by the driver while a PIO command is under way.
 */
#pragma once

#include <stdint.h>

#include "storage/client.h"

uint16_t *window_open(const struct client *client, uint64_t offset, uint64_t bytes);
void window_close(void);
