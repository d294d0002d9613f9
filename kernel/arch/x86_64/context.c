/**
 * @file
 * A thread's first context.
 */
#include "arch/switch.h"

#include "arch/x86_64/gdt.h"
#include "arch/x86_64/rflags.h"

/**
 * Fills the context of code that has not run yet, so that context_restore() starts it as if it had
 * been called: function(first, second), with interrupts on.
 *
 * - It runs in the kernel's code segment, with the kernel's data segment as its stack segment.
 * - RFLAGS has IF and the bit that is always 1, and nothing else.
 * - RDI and RSI hold the arguments (System V ABI 3.2.3); every other field, vector and error
 *   included, is 0, so that nothing of the control block's former owner shows and the backtrace
 *   ends here (RBP).
 * - At a function's first instruction RSP is a multiple of 16 minus 8, since a call has pushed a
 *   return address (System V ABI 3.2.2). Nobody has called: the word at RSP is the stack's last, at
 *   stack_end - 8, and is set to 0.
 *
 * @param context    filled
 * @param function   where to start; must not return
 * @param stack_end  one past the stack's last byte, a multiple of 16; the stack is mapped
 * @param first      the function's first argument
 * @param second     its second
 */
void context_init(struct context *context, uintptr_t function, uintptr_t stack_end, uint64_t first,
                  uint64_t second)
{
    uintptr_t return_address = stack_end - sizeof(uint64_t);

    *(uint64_t *)return_address = 0;
    *context = (struct context){
        .rdi = first,
        .rsi = second,
        .rip = function,
        .cs = KERNEL_CODE_SELECTOR,
        .rflags = RFLAGS_RESERVED | RFLAGS_IF,
        .rsp = return_address,
        .ss = KERNEL_DATA_SELECTOR,
    };
}
