/**
 * @file
 * Regions: memory that clients share, by name.
 */
#pragma once

#include "clients.h"

enum error region_attach(struct client *client, uint64_t name, uint64_t address, uint64_t extent);
void regions_keep(uint64_t mask);
