/**
 * @file
 * The kernel call: how a thread asks the kernel for something.
 */
#pragma once

#include "arch/context.h"

/** What a thread asks of the kernel: a number and up to four arguments. */
struct kernel_call {
    uint64_t number;
    uint64_t arguments[4];
};

/** What it gets back. */
struct kernel_result {
    uint64_t error; /**< an enum error */
    uint64_t value;
};

struct kernel_result call_kernel(const struct kernel_call *call);
void call_init(void);
struct kernel_call call_read(const struct context *caller);

/* What kernel calls are handed up to. */
void call_enter(struct context *saved);
