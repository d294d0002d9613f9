/**
 * @file
 * Grants: the capabilities that a new process finds in its slots.
 */
#pragma once

#include "process.h"

enum error grant_all(const struct process *process, slot given);
