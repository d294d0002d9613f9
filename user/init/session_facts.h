/**
 * @file
 * What can be asked of the root task about processes and memory.
 */
#pragma once

#include "process.h"

bool facts_handle(struct message *message);
uint32_t session_powers(const struct process *process);
