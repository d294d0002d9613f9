/**
 * @file
 * What belongs to a process besides the process itself: what it waits for, and the files of
 * programs.
 */
#pragma once

#include "process.h"

unsigned session_reserve(uint64_t id);
bool session_may_start(const struct process *process, const char *name);
bool session_handle(struct process *process, struct message *message);
void session_forget(struct process *process);
bool session_answer(const struct process *process);
