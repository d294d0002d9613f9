/**
 * @file
 * Priority inheritance along messages.
 */
#pragma once

#include "task/thread.h"

struct endpoint;

void priority_follow(struct thread *thread);
void priority_serve(struct thread *server, struct endpoint *endpoint);
struct endpoint *priority_lent_to(const struct thread *thread);
void priority_return(struct endpoint *endpoint);
void priority_change(struct thread *thread);
void priority_forget_thread(struct thread *thread);
void priority_forget_endpoint(struct endpoint *endpoint);
