/*
 * exercise: context-init
 * test: context-init
 * says: rsp is wrong
 * mistake: Starts with an empty stack: RSP is a multiple of 16, which is right before a call and
 *   wrong at a function's first instruction.
 */
void context_init(struct context *context, uintptr_t function, uintptr_t stack_end,
                  uint64_t first, uint64_t second)
{
    ((uint64_t *)stack_end)[-1] = 0;
    *context = (struct context){
        .rdi = first,
        .rsi = second,
        .rip = function,
        .cs = KERNEL_CODE_SELECTOR,
        .rflags = RFLAGS_RESERVED | RFLAGS_IF,
        .rsp = stack_end,
        .ss = KERNEL_DATA_SELECTOR,
    };
}
