/**
 * @file
 * The C library's own: requests to the root task (user/init/session_proto.h).
 */
#pragma once

#include "init/session_proto.h"

#include <stdint.h>

#include "ipc.h"

int root_call(struct message *message);
int root_ask(enum init_session_label label, uint64_t first, uint64_t second);
