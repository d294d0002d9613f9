/*
 * exercise: fault-end
 * test: fault-tasks
 * says: the exit statuses of the culprits is wrong
 * mistake: Ends the task with status 0, as if it had come to its end by itself.
 */
noreturn void fault_end_task(const struct context *saved)
{
    char text[EXCEPTION_TEXT_SIZE];

    exception_describe(saved, text, sizeof(text));
    printk("[fault] %s: at %016lx, %s; the task ends\n", sched.current->name, saved->rip, text);
    program_end(sched.current, 0);
    sched_leave();
}
