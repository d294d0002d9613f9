/**
 * @file
 * Timeouts of waits.
 */
#pragma once

#include "task/thread.h"

void timeout_init(void);
void timeout_start(struct thread *thread, uint64_t milliseconds);
void timeout_stop(struct thread *thread);
void timeout_expire(uint64_t now);
