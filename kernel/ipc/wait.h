/**
 * @file
 * The end of a wait for a message, a signal or an answer.
 */
#pragma once

#include "abi/error.h"
#include "task/thread.h"

void wait_finish(struct thread *thread);
void wait_cancel(struct thread *thread, enum error error);
