/*
 * exercise: fault-end
 * test: fault-line
 * says: nothing was printed
 * mistake: Ends the task in silence. Whoever has started it has no idea why.
 */
noreturn void fault_end_task(const struct context *saved)
{
    (void)saved;
    program_end(sched.current, FAULT_STATUS);
    sched_leave();
}
