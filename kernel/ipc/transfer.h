/**
 * @file
 * Slots that travel with a message.
 */
#pragma once

#include "task/thread.h"

uint64_t transfer_slot(struct thread *sender, struct thread *receiver, uint64_t info);
