/**
 * @file
 * Programs, as the kernel knows them: the first one, and the end of each.
 */
#pragma once

#include "abi/error.h"
#include "task/thread.h"

#define PROGRAM_STACK_SIZE 0x10000u /* bytes */

void program_start_first(void);
void program_end(struct thread *thread, int64_t status);
enum error program_add_page(struct thread *thread, uintptr_t address, unsigned rights,
                            uint8_t **view);
