/**
 * @file
 * System calls: the way in, and who takes them.
 */
#pragma once

#include "abi/call.h"

void syscall_init(void);

/* What system calls are handed up to: see syscall/dispatch.c. */
struct call_result syscall_enter(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                 uint64_t number);
