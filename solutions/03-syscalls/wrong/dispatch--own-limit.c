/*
 * exercise: dispatch
 * test: dispatch-numbers
 * says: the wrong function was called|a function was called
 * mistake: Counts the calls that there are now, and writes the count down. With the next
 *   stage's calls it is wrong.
 */
struct call_result syscall_enter(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                 uint64_t number)
{
    if (number > 6) {
        return (struct call_result){ERROR_UNKNOWN_CALL, 0};
    }
    return call_table[number](first, second, third, fourth);
}
