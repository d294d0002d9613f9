/**
 * @file
 * The pager: where a client's pages come from.
 */
#pragma once

#include "clients.h"
#include "init/proto.h"

/** Where a client's stack ends: a page below its IPC buffer. */
#define PAGER_STACK_END (MEMORY_BUFFER - PAGE_SIZE)
/** Where it begins when it has grown as far as it may. */
#define PAGER_STACK_START (PAGER_STACK_END - INIT_STACK_PAGES * PAGE_SIZE)

extern uint64_t pager_counts[INIT_COUNTED];

bool pager_mend(const struct client *client, uint64_t address, unsigned access);
