/**
 * @file
 * Page faults as messages.
 */
#pragma once

#include "task/thread.h"

enum error fault_send(struct thread *thread, uintptr_t address, unsigned access);
void fault_finish(struct thread *thread);
