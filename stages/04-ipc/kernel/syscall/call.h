/**
 * @file
 * What the files of the system calls have in common.
 */
#pragma once

#include "abi/call.h"
#include "ipc/slots.h"
#include "task/sched.h"
