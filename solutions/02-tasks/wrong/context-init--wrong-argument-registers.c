/*
 * exercise: context-init
 * test: context-init
 * says: rsi is wrong
 * mistake: Puts the second argument where a C function looks for its third: RDX, after a table
 *   of registers in the order in which they are encoded.
 */
void context_init(struct context *context, uintptr_t function, uintptr_t stack_end,
                  uint64_t first, uint64_t second)
{
    uintptr_t return_address = stack_end - sizeof(uint64_t);

    *(uint64_t *)return_address = 0;
    *context = (struct context){
        .rdi = first,
        .rdx = second,
        .rip = function,
        .cs = KERNEL_CODE_SELECTOR,
        .rflags = RFLAGS_RESERVED | RFLAGS_IF,
        .rsp = return_address,
        .ss = KERNEL_DATA_SELECTOR,
    };
}
