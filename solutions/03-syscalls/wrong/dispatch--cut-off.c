/*
 * exercise: dispatch
 * test: dispatch-numbers
 * says: a function was called
 * mistake: Takes the number as 32 bits. What the program puts into the upper half does not
 *   count.
 */
struct call_result syscall_enter(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                 uint64_t number)
{
    if ((uint32_t)number >= call_table_size) {
        return (struct call_result){ERROR_UNKNOWN_CALL, 0};
    }
    return call_table[(uint32_t)number](first, second, third, fourth);
}
