/**
 * @file
 * Threads as objects: what they run in, starting and stopping them, their registers.
 */
#pragma once

#include <stddef.h>

#include "capability.h"

enum error thread_configure(slot thread, slot cspace, slot space, slot buffer);
enum error thread_start(slot thread, uint64_t entry, uint64_t stack, uint64_t argument);
enum error thread_stop(slot thread);
enum error thread_resume(slot thread);
enum error thread_set_priority(slot thread, uint64_t level);
enum error thread_set_name(slot thread, const char *text, size_t length);

/* What is read or written is an enum thread_fact. */

struct call_result thread_read(slot thread, uint64_t which);
enum error thread_write(slot thread, uint64_t which, uint64_t value);
