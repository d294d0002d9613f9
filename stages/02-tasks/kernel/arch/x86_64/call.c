/**
 * @file
 * The kernel call: how a thread that runs in kernel mode enters the kernel.
 *
 * A software interrupt takes the same way in as the timer's, so the caller's registers end up in
 * its context and any other thread may run before it goes on. RAX holds the number; RDI, RSI, RDX
 * and R10 the arguments. Back come the error in RAX and a value in RDX.
 */
#include "arch/interrupt.h"
#include "arch/x86_64/interrupt.h"

/**
 * Calls the kernel; returns when the kernel answers, maybe much later. For threads only.
 */
struct kernel_result call_kernel(const struct kernel_call *call)
{
    struct kernel_result result;
    register uint64_t fourth __asm__("r10") = call->arguments[3];

    __asm__ volatile("int %[vector]"
                     : "=a"(result.error), "=d"(result.value)
                     : [vector] "i"(CALL_VECTOR), "a"(call->number), "D"(call->arguments[0]),
                       "S"(call->arguments[1]), "d"(call->arguments[2]), "r"(fourth)
                     : "memory");
    return result;
}

/**
 * Says who takes kernel calls.
 *
 * @param handler  never returns
 */
void call_set_handler(trap_handler handler)
{
    trap_set_handler(CALL_VECTOR, handler);
}

/** @return what the caller asks for */
struct kernel_call call_read(const struct context *caller)
{
    return (struct kernel_call){caller->rax, {caller->rdi, caller->rsi, caller->rdx, caller->r10}};
}

/** Sets what call_kernel() will return to the caller. */
void call_answer(struct context *caller, struct kernel_result result)
{
    caller->rax = result.error;
    caller->rdx = result.value;
}
