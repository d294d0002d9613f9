/*
 * exercise: fault-end
 * test: fault-tasks
 * says: the kernel prints without end
 * mistake: Ends the thread that is first in the ready queue, which is somebody else.
 */
noreturn void fault_end_task(const struct context *saved)
{
    char text[EXCEPTION_TEXT_SIZE];

    exception_describe(saved, text, sizeof(text));
    printk("[fault] %s: at %016lx, %s; the task ends\n", sched.current->name, saved->rip, text);
    if (sched.ready.first != NULL) {
        struct thread *next = sched.ready.first;

        queue_remove(next);
        program_end(next, FAULT_STATUS);
    }
    sched_leave();
}
