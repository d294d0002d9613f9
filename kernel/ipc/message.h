/**
 * @file
 * Messages on their way from one thread to another.
 */
#pragma once

#include "abi/error.h"
#include "task/thread.h"

enum error message_check(const struct thread *sender, const struct slot *through, uint64_t info);
void message_deliver(struct thread *sender, struct thread *receiver, uint64_t badge);
void message_deliver_signal(struct thread *receiver, uint64_t bits);
enum error message_send(uint64_t number, uint64_t info, bool is_call, uint64_t timeout);
enum error message_receive(uint64_t number, uint64_t timeout);
enum error message_reply(uint64_t number, uint64_t info);
noreturn void message_leave(enum error error);

/* Where a thread's message stands, and what it gets: thread_parts.c. */
struct context *message_registers(struct thread *thread);
