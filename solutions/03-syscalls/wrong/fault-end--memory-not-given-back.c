/*
 * exercise: fault-end
 * test: fault-tasks
 * says: errors of task_start
 * mistake: Marks the thread as ended with its own hands. Its memory stays where it is, and the
 *   program cannot be started again.
 */
noreturn void fault_end_task(const struct context *saved)
{
    char text[EXCEPTION_TEXT_SIZE];

    exception_describe(saved, text, sizeof(text));
    printk("[fault] %s: at %016lx, %s; the task ends\n", sched.current->name, saved->rip, text);
    sched.current->state = THREAD_ENDED;
    sched.current->exit_status = FAULT_STATUS;
    if (sched.current->joiner != NULL) {
        sched.current->joiner->context.rax = ERROR_NONE;
        sched.current->joiner->context.rdx = (uint64_t)FAULT_STATUS;
        sched_make_ready(sched.current->joiner);
        thread_reclaim(sched.current);
    }
    sched_leave();
}
