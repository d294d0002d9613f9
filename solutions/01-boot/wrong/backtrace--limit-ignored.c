/*
 * exercise: backtrace
 * test: backtrace-chain
 * says: longer than `limit`
 * mistake: Stops only at the end of the chain. Deep recursion, the very thing one wants a backtrace
 *     of, then overwrites what stands behind the array.
 */
size_t backtrace_collect(uintptr_t frame, const struct stack_span *stack, uintptr_t *returns,
                         size_t limit)
{
    uintptr_t lowest = stack->start;
    size_t count = 0;

    (void)limit;
    while (frame % sizeof(uintptr_t) == 0 && frame >= lowest &&
           frame <= stack->end - 2 * sizeof(uintptr_t)) {
        const uintptr_t *words = (const uintptr_t *)frame;

        returns[count++] = words[1];
        lowest = frame + 1;
        frame = words[0];
    }
    return count;
}
