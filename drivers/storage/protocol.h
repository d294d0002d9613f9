/**
 * @file
 * The driver's protocol: see proto.h.
 */
#pragma once

#include <stdbool.h>

#include "ipc.h"

bool protocol_handle(struct message *message);
