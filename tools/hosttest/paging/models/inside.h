/**
 * @file
 * What the files of the model of the system share with each other alone.
 */
#pragma once

#include "models/system.h"

void model_wake(int number);
void model_cancel(int number, enum error error);
int model_first(enum thread_state one, enum thread_state other, int object);
void model_wait(enum thread_state state, int object, uint64_t timeout);
void model_set_deadline(struct model_thread *thread, uint64_t timeout);
void model_end(int number, int64_t status);
void model_leave(void);
struct model_registers *model_message(int number);

enum error model_find_slot(uint64_t number, enum model_kind kind, uint64_t right,
                           struct model_slot **found);
enum error model_fill_slot(int thread, uint64_t number, struct model_slot content);
void model_empty_slot(int thread, uint64_t number);
bool model_can_copy(int thread, uint64_t number);
void model_forget_caller(int caller);
void model_bind(int notification, int thread);

enum error model_send(int endpoint, uint64_t badge, bool is_call, uint64_t timeout);
void model_signal(int notification, uint64_t bits);
bool model_serve_message(uint64_t call, const uint64_t arguments[4], enum error *error);
bool model_serve_slots(uint64_t call, const uint64_t arguments[4], enum error *error);
bool model_serve_task(uint64_t call, const uint64_t arguments[4], enum error *error,
                      uint64_t *value);
