/*
 * exercise: context-init
 * test: context-init
 * says: ss is wrong
 * mistake: Leaves SS at 0. In 64-bit mode ring 0 runs with a null stack segment, so nothing is
 *   to be seen of it until somebody relies on SS.
 */
void context_init(struct context *context, uintptr_t function, uintptr_t stack_end,
                  uint64_t first, uint64_t second)
{
    uint64_t *stack = (uint64_t *)stack_end;

    *--stack = 0;
    *context = (struct context){
        .rdi = first,
        .rsi = second,
        .rip = function,
        .cs = KERNEL_CODE_SELECTOR,
        .rflags = RFLAGS_RESERVED | RFLAGS_IF,
        .rsp = (uintptr_t)stack,
    };
}
