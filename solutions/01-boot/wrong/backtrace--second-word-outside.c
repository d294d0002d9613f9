/*
 * exercise: backtrace
 * test: backtrace-chain
 * says: upper end.*reads outside the stack
 * mistake: Asks whether the frame lies inside the stack, and forgets that it has two words: at the
 *     last word of the stack the return address is read from beyond its end.
 */
size_t backtrace_collect(uintptr_t frame, const struct stack_span *stack, uintptr_t *returns,
                         size_t limit)
{
    uintptr_t lowest = stack->start;
    size_t count = 0;

    while (count < limit && frame % sizeof(uintptr_t) == 0 && frame >= lowest &&
           frame < stack->end) {
        const uintptr_t *words = (const uintptr_t *)frame;

        returns[count++] = words[1];
        lowest = frame + 1;
        frame = words[0];
    }
    return count;
}
