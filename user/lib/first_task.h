/**
 * @file
 * What every task has of the first one, which has started it.
 */
#pragma once

#include "abi/fault.h"
#include "slot.h"

/** Holds the first task's endpoint in every task that it has started: for requests (init/proto.h),
 * and the task's page faults are sent there. */
#define SLOT_PAGER ((slot){SLOT_FAULTS})

/** For task_start(): the new task is given the system's name server. */
#define SLOT_SYSTEM_NAMES SLOT_REPLY
