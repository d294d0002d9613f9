/**
 * @file
 * Sleeping threads.
 */
#pragma once

#include "task/thread.h"

void sleep_start(struct thread *thread, uint64_t wake_tick);
void sleep_wake_due(uint64_t now);
