/*
 * exercise: dispatch
 * test: dispatch-calls
 * says: is answered wrongly
 * mistake: Refuses with an error of its own choice, and gives the number back as the value.
 */
struct call_result syscall_enter(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                 uint64_t number)
{
    if (number >= call_table_size) {
        return (struct call_result){ERROR_INVALID_ARGUMENT, number};
    }
    return call_table[number](first, second, third, fourth);
}
