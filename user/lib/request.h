/**
 * @file
 * Requests of one word, as small protocols have them.
 */
#pragma once

#include "ipc.h"

struct call_result request_word(slot server, uint32_t label, uint64_t first, uint64_t second);
