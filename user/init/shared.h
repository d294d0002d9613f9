/**
 * @file
 * Shared memory: regions that processes attach by name.
 */
#pragma once

#include "process.h"

enum error shared_attach(struct process *process, uint64_t name, uint64_t address, uint64_t extent);
void shared_keep(uint64_t mask);
