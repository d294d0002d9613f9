/**
 * @file
 * Page faults as messages: what kernel and pagers agree on.
 */
#pragma once

#include "abi/message.h"

#define SLOT_FAULTS 2 /**< of a new task: where its page faults are sent */

/**
 * The words of a page fault's message: address, access (MEMORY_READ, MEMORY_WRITE or
 * MEMORY_EXECUTE), address of the instruction. Its badge is that of the slot, the task's name
 * unless it had another one. An answer with label 0 lets the task try again; with another one it
 * ends.
 */
#define MESSAGE_FAULT_WORDS 3
