/*
 * exercise: backtrace
 * test: backtrace-chain
 * says: the number of return addresses is wrong
 * mistake: Follows the pointer first and reads afterwards, as one walks a list with a head. There
 *     is no head here: RBP is the first frame. The caller of the innermost function is lost.
 */
size_t backtrace_collect(uintptr_t frame, const struct stack_span *stack, uintptr_t *returns,
                         size_t limit)
{
    size_t count = 0;

    while (count < limit) {
        uintptr_t caller;

        if (frame % sizeof(uintptr_t) != 0 || frame < stack->start ||
            frame > stack->end - 2 * sizeof(uintptr_t)) {
            break;
        }
        caller = *(const uintptr_t *)frame;
        if (caller <= frame || caller % sizeof(uintptr_t) != 0 ||
            caller > stack->end - 2 * sizeof(uintptr_t)) {
            break;
        }
        frame = caller;
        returns[count++] = ((const uintptr_t *)frame)[1];
    }
    return count;
}
