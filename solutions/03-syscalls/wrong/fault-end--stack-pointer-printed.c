/*
 * exercise: fault-end
 * test: fault-tasks
 * says: has the wrong address
 * mistake: Prints RSP where the instruction's address belongs.
 */
noreturn void fault_end_task(const struct context *saved)
{
    char text[EXCEPTION_TEXT_SIZE];

    exception_describe(saved, text, sizeof(text));
    printk("[fault] %s: at %016lx, %s; the task ends\n", sched.current->name, saved->rsp, text);
    program_end(sched.current, FAULT_STATUS);
    sched_leave();
}
