/*
 * exercise: context-init
 * test: context-init
 * says: the word at rsp is wrong
 * mistake: Leaves room for a return address and does not write it. A frame that has been used
 *   before holds whatever its last owner left there.
 */
void context_init(struct context *context, uintptr_t function, uintptr_t stack_end,
                  uint64_t first, uint64_t second)
{
    *context = (struct context){
        .rdi = first,
        .rsi = second,
        .rip = function,
        .cs = KERNEL_CODE_SELECTOR,
        .rflags = RFLAGS_RESERVED | RFLAGS_IF,
        .rsp = stack_end - 8,
        .ss = KERNEL_DATA_SELECTOR,
    };
}
