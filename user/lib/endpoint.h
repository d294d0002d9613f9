/**
 * @file
 * Endpoints: where messages are sent to and received from, and how they are found by name.
 */
#pragma once

#include "slot.h"

/** How long endpoint_lookup() waits for a name that nobody has registered yet, in milliseconds. */
#define ENDPOINT_LOOKUP_TIMEOUT 5000ul

enum error endpoint_create(slot into);

enum error endpoint_register(const char *name, slot endpoint);
enum error endpoint_lookup_within(const char *name, slot into, uint64_t timeout);
enum error endpoint_lookup(const char *name, slot into);
