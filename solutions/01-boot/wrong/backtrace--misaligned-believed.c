/*
 * exercise: backtrace
 * test: backtrace-chain
 * says: no multiple of 8.*the number of return addresses is wrong
 * mistake: Checks bounds and order, which catches almost every damaged frame; one byte of damage in
 *     the low bits it does not. x86 reads a misaligned word without complaint, and the line that is
 *     printed is made of two halves.
 */
size_t backtrace_collect(uintptr_t frame, const struct stack_span *stack, uintptr_t *returns,
                         size_t limit)
{
    uintptr_t lowest = stack->start;
    size_t count = 0;

    while (count < limit && frame >= lowest && frame <= stack->end - 2 * sizeof(uintptr_t)) {
        const uintptr_t *words = (const uintptr_t *)frame;

        returns[count++] = words[1];
        lowest = frame + 1;
        frame = words[0];
    }
    return count;
}
