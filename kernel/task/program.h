/**
 * @file
 * Programs, as the kernel knows them: the first one, and the end of each.
 */
#pragma once

#include "task/thread.h"

#define PROGRAM_STACK_SIZE 0x10000u /* bytes */
#define FAULT_STATUS (-1)           /* exit status of a task that was ended */

void program_start_first(void);
void program_end(struct thread *thread, int64_t status);
enum error program_add_page(struct thread *thread, uintptr_t address, unsigned rights,
                            uint8_t **view);

noreturn void fault_end_task(const struct context *saved);

/* Who deals with a program's exception: fault_deliver.c. */
noreturn void fault_deliver(const struct context *saved);
