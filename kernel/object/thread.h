/**
 * @file
 * Threads as objects.
 */
#pragma once

#include "object/object.h"

/** The capabilities that a thread is to be made of; NULL: stays as it is. */
struct thread_parts {
    struct slot *cspace, *space, *frame;
};

enum error thread_configure(struct thread *thread, const struct thread_parts *parts);
bool thread_is_whole(const struct thread *thread);
void thread_start(struct thread *thread, uint64_t entry, uint64_t stack, uint64_t argument);
