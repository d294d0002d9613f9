/*
 * exercise: backtrace
 * test: backtrace-chain
 * says: (names itself as the next|leads back).*the number of return addresses is wrong
 * mistake: Checks alignment and bounds, but not that the chain climbs. A frame that points at
 *     itself, or back, is followed until the room is full: sixteen lines of the same lie.
 */
size_t backtrace_collect(uintptr_t frame, const struct stack_span *stack, uintptr_t *returns,
                         size_t limit)
{
    size_t count = 0;

    while (count < limit && frame % sizeof(uintptr_t) == 0 && frame >= stack->start &&
           frame <= stack->end - 2 * sizeof(uintptr_t)) {
        const uintptr_t *words = (const uintptr_t *)frame;

        returns[count++] = words[1];
        frame = words[0];
    }
    return count;
}
