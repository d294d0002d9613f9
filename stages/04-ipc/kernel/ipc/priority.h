/**
 * @file
 * Who is more important: nobody, so far.
 */
#pragma once

#include "task/thread.h"

struct endpoint;

void priority_serve(struct thread *server, struct endpoint *endpoint);
struct endpoint *priority_lent_to(const struct thread *thread);
void priority_return(struct endpoint *endpoint);
