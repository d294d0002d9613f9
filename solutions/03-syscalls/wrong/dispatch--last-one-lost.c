/*
 * exercise: dispatch
 * test: dispatch-numbers
 * says: the wrong function was called
 * mistake: Compares with the last number as if it were the size.
 */
struct call_result syscall_enter(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                 uint64_t number)
{
    if (number >= call_table_size - 1) {
        return (struct call_result){ERROR_UNKNOWN_CALL, 0};
    }
    return call_table[number](first, second, third, fourth);
}
