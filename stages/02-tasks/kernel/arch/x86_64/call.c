/**
 * @file
 * The kernel call: how a thread that runs in kernel mode enters the kernel.
 *
 * A software interrupt takes the same way in as the timer's, so the caller's registers end up in
 * its context and any other thread may run before it goes on. RAX holds the number; RDI, RSI, RDX
 * and R10 the arguments. Back come the error in RAX and a value in RDX.
 */
#include "arch/call.h"

#include "arch/x86_64/idt.h"

#define CALL_VECTOR 48u /* behind the interrupt lines */

extern const char call_entry[]; /* call_entry.asm */

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
 * Fills the gate of kernel calls.
 */
void call_init(void)
{
    idt_set_gate(CALL_VECTOR, (uintptr_t)call_entry, IST_CONTEXT, 0);
}

/** @return what the caller asks for */
struct kernel_call call_read(const struct context *caller)
{
    return (struct kernel_call){caller->rax, {caller->rdi, caller->rsi, caller->rdx, caller->r10}};
}
