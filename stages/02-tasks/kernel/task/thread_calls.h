/**
 * @file
 * What a thread can ask of the kernel. Only threads may call these functions: each enters the
 * kernel and returns when the kernel answers.
 */
#pragma once

#include "task/thread.h"

enum error thread_create(const char *name, thread_program program, void *argument,
                         thread_id *created);
noreturn void thread_exit(int64_t status);
void thread_yield(void);
void thread_sleep(uint64_t milliseconds);
enum error thread_join(thread_id id, int64_t *status);
thread_id thread_self(void);
