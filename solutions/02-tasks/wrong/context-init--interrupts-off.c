/*
 * exercise: context-init
 * test: context-init
 * says: rflags is wrong
 * mistake: Sets only the bit of RFLAGS that is always 1. The thread runs with interrupts off, so
 *   the timer never takes the CPU away from it.
 */
void context_init(struct context *context, uintptr_t function, uintptr_t stack_end,
                  uint64_t first, uint64_t second)
{
    uintptr_t return_address = stack_end - sizeof(uint64_t);

    *(uint64_t *)return_address = 0;
    *context = (struct context){
        .rdi = first,
        .rsi = second,
        .rip = function,
        .cs = KERNEL_CODE_SELECTOR,
        .rflags = RFLAGS_RESERVED,
        .rsp = return_address,
        .ss = KERNEL_DATA_SELECTOR,
    };
}
