/*
 * exercise: fault-end
 * test: fault-line
 * says: the exit status is wrong
 * mistake: Takes the exception's number for the exit status, which a program may return as
 *   well.
 */
noreturn void fault_end_task(const struct context *saved)
{
    char text[EXCEPTION_TEXT_SIZE];

    exception_describe(saved, text, sizeof(text));
    printk("[fault] %s: at %016lx, %s; the task ends\n", sched.current->name, saved->rip, text);
    program_end(sched.current, (int64_t)saved->vector);
    sched_leave();
}
