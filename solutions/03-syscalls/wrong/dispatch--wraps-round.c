/*
 * exercise: dispatch
 * test: dispatch-numbers
 * says: a function was called
 * mistake: Brings every number into the table by a remainder, so that nothing can go wrong.
 *   Calls that there are not do something else then.
 */
struct call_result syscall_enter(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                 uint64_t number)
{
    return call_table[number % call_table_size](first, second, third, fourth);
}
