/**
 * @file
 * Processes that wait for those that they have started.
 */
#pragma once

#include "process.h"

bool wait_handle(struct process *process, struct message *message);
bool wait_answer(const struct process *ended);
void wait_interrupt_all(void);
uint64_t wait_interrupts(void);
void wait_forget(const struct process *process);
