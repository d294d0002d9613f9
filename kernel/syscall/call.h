/**
 * @file
 * What the files of the system calls have in common: what a call gives back, whose it is, and how
 * what it names is found.
 */
#pragma once

#include "abi/call.h"
#include "cap/cap.h"
#include "ipc/slots.h"
#include "task/sched.h"
