/*
 * exercise: fault-end
 * test: fault-line
 * says: program_end\(\) was called 0 times
 * mistake: Prints the line and goes on with the program, which makes the same exception again,
 *   for ever.
 */
noreturn void fault_end_task(const struct context *saved)
{
    char text[EXCEPTION_TEXT_SIZE];

    exception_describe(saved, text, sizeof(text));
    printk("[fault] %s: at %016lx, %s; the task ends\n", sched.current->name, saved->rip, text);
    sched_leave();
}
