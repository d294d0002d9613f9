/**
 * @file
 * The first context of a user program.
 */
#include "arch/user.h"

#include "arch/x86_64/gdt.h"
#include "arch/x86_64/rflags.h"

/**
 * Fills the context of a program that has not run yet: it starts at its entry point at privilege 3,
 * with interrupts on.
 *
 * @param context    filled; all registers that are not named here are 0
 * @param entry      the program's entry point
 * @param stack_end  one past the last byte of its stack, a multiple of 16; RSP is 8 below, as after
 *                   a call (System V ABI 3.2.2)
 * @param first      RDI
 * @param second     RSI
 */
void context_init_user(struct context *context, uintptr_t entry, uintptr_t stack_end,
                       uint64_t first, uint64_t second)
{
    *context = (struct context){
        .rdi = first,
        .rsi = second,
        .rip = entry,
        .cs = USER_CODE_SELECTOR | 3,
        .rflags = RFLAGS_RESERVED | RFLAGS_IF,
        .rsp = stack_end - sizeof(uint64_t),
        .ss = USER_DATA_SELECTOR | 3,
    };
}
