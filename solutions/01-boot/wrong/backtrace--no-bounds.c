/*
 * exercise: backtrace
 * test: backtrace-chain
 * says: reads outside the stack
 * mistake: Sees to alignment and order, and trusts the chain otherwise until it reads 0. A damaged
 *     frame pointer then leads to memory that is not there: a page fault in the middle of the
 *     panic, and the real message is lost.
 */
size_t backtrace_collect(uintptr_t frame, const struct stack_span *stack, uintptr_t *returns,
                         size_t limit)
{
    uintptr_t lowest = 0;
    size_t count = 0;

    (void)stack;
    while (count < limit && frame != 0 && frame % sizeof(uintptr_t) == 0 && frame >= lowest) {
        const uintptr_t *words = (const uintptr_t *)frame;

        returns[count++] = words[1];
        lowest = frame + 1;
        frame = words[0];
    }
    return count;
}
