/*
 * exercise: fault-end
 * test: fault-line
 * says: the line is wrong
 * mistake: Prints the address with as many digits as it happens to have.
 */
noreturn void fault_end_task(const struct context *saved)
{
    char text[EXCEPTION_TEXT_SIZE];

    exception_describe(saved, text, sizeof(text));
    printk("[fault] %s: at %lx, %s; the task ends\n", sched.current->name, saved->rip, text);
    program_end(sched.current, FAULT_STATUS);
    sched_leave();
}
