/*
 * exercise: context-init
 * test: context-init
 * says: nothing of the control block's former owner
 * mistake: Sets what a new thread needs and leaves the other registers as they were in the
 *   control block. The backtrace of the new thread goes on into the stack of the old one.
 */
void context_init(struct context *context, uintptr_t function, uintptr_t stack_end,
                  uint64_t first, uint64_t second)
{
    uintptr_t return_address = stack_end - sizeof(uint64_t);

    *(uint64_t *)return_address = 0;
    context->rdi = first;
    context->rsi = second;
    context->rip = function;
    context->cs = KERNEL_CODE_SELECTOR;
    context->rflags = RFLAGS_RESERVED | RFLAGS_IF;
    context->rsp = return_address;
    context->ss = KERNEL_DATA_SELECTOR;
}
