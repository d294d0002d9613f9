/**
 * @file
 * Remote procedure calls: requests whose answer's label is an error (Birrell and Nelson,
 * Implementing Remote Procedure Calls, 1984).
 */
#pragma once

#include "ipc.h"

enum error rpc_call(slot server, struct message *message, uint64_t timeout);
struct call_result rpc_word(slot server, uint32_t label, uint64_t first, uint64_t second);
