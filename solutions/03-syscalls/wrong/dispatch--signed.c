/*
 * exercise: dispatch
 * test: dispatch-numbers
 * says: an exception, vector|a function was called
 * mistake: Compares signed numbers: those from 2^63 on are negative, less than any size, and
 *   lead to somewhere before the table.
 */
struct call_result syscall_enter(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                 uint64_t number)
{
    if ((int64_t)number >= (int64_t)call_table_size) {
        return (struct call_result){ERROR_UNKNOWN_CALL, 0};
    }
    return call_table[number](first, second, third, fourth);
}
