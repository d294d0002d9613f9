/**
 * @file
 * Answers: the authority to give one.
 */
#pragma once

#include "abi/error.h"
#include "task/thread.h"

void reply_expect(struct thread *caller, struct thread *server);
enum error reply_find(struct thread *server, uint64_t number, struct slot **found);
void reply_give(struct thread *server, struct thread *caller);
void reply_forget(struct thread *caller);
void reply_drop(struct slot *slot);
