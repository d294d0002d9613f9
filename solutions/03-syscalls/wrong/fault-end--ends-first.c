/*
 * exercise: fault-end
 * test: fault-line
 * says: the line was not printed first
 * mistake: Ends the task, and prints afterwards. When it is the first task the machine has
 *   stopped by then.
 */
noreturn void fault_end_task(const struct context *saved)
{
    char text[EXCEPTION_TEXT_SIZE];

    exception_describe(saved, text, sizeof(text));
    program_end(sched.current, FAULT_STATUS);
    printk("[fault] %s: at %016lx, %s; the task ends\n", sched.current->name, saved->rip, text);
    sched_leave();
}
