/*
 * exercise: fault-end
 * test: fault-tasks
 * says: panic
 * mistake: Treats a program's exception like one of the kernel's: any program can stop the
 *   machine.
 */
noreturn void fault_end_task(const struct context *saved)
{
    panic_exception(saved);
}
