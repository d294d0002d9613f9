/*
 * exercise: dispatch
 * test: dispatch-numbers
 * says: the fourth argument did not arrive
 * mistake: Hands three arguments on, which is enough for the calls of this stage.
 */
struct call_result syscall_enter(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                 uint64_t number)
{
    if (number >= call_table_size) {
        return (struct call_result){ERROR_UNKNOWN_CALL, 0};
    }
    return call_table[number](first, second, third, 0);
}
