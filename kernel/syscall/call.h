/**
 * @file
 * What the files of the system calls have in common: what a call gives back, whose it is, how what
 * it names is found, and how it is cut into steps when it takes long.
 */
#pragma once

#include "abi/call.h"
#include "cap/cap.h"
#include "ipc/slots.h"
#include "task/sched.h"

#define STEPS_MAX 16u /**< steps that one entry into the kernel takes at most */

noreturn void steps_leave(enum error error);
noreturn void steps_restart(enum call_number call, uint64_t first, uint64_t third);

enum error port_find(uint64_t ports, uint64_t port, uint64_t bytes);
enum error thread_check_register(const struct slot *thread, uint64_t which);
