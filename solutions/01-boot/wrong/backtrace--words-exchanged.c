/*
 * exercise: backtrace
 * test: backtrace-names
 * says: functions in the backtrace|function names
 * mistake: Takes the word that RBP points at for the return address and the one above it for the
 *     next frame. The "return addresses" are addresses on the stack, and none has a name.
 */
size_t backtrace_collect(uintptr_t frame, const struct stack_span *stack, uintptr_t *returns,
                         size_t limit)
{
    uintptr_t lowest = stack->start;
    size_t count = 0;

    while (count < limit && frame % sizeof(uintptr_t) == 0 && frame >= lowest &&
           frame <= stack->end - 2 * sizeof(uintptr_t)) {
        const uintptr_t *words = (const uintptr_t *)frame;

        returns[count++] = words[0];
        lowest = frame + 1;
        frame = words[1];
    }
    return count;
}
