/**
 * @file
 * Messages on their way from one thread to another, answers, and the end of a wait for either.
 */
#pragma once

#include "task/thread.h"

enum error message_check(const struct thread *sender, const struct slot *through, uint64_t info);
void message_deliver(struct thread *sender, struct thread *receiver, uint64_t badge);
void message_deliver_signal(struct thread *receiver, uint64_t bits);
uint64_t transfer_slot(struct thread *sender, struct thread *receiver, uint64_t info);
enum error message_send(uint64_t number, uint64_t info, bool is_call, uint64_t timeout);
enum error message_receive(uint64_t number, uint64_t timeout);
enum error message_reply(uint64_t number, uint64_t info);
noreturn void message_leave(enum error error);
struct context *message_registers(struct thread *thread);

void reply_expect(struct thread *caller, struct thread *server);
enum error reply_find(struct thread *server, uint64_t number, struct slot **found);
void reply_give(struct thread *server, struct thread *caller);
void reply_forget(struct thread *caller);
void reply_drop(struct slot *slot);

void wait_finish(struct thread *thread);
void wait_cancel(struct thread *thread, enum error error);

void timeout_start(struct thread *thread, uint64_t milliseconds);
void timeout_stop(struct thread *thread);

/** The thread whose deadline comes first; NULL: none waits. By timeout.c */
extern struct thread *timeout_first;
