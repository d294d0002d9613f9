/**
 * @file
 * The first task: the kernel starts it, and it starts the others.
 */
#include "arch/machine.h"
#include "arch/modules.h"
#include "debug/panic.h"
#include "debug/printk.h"
#include "task/program.h"

static struct thread *first_task;

/**
 * Starts the first program: that of the first module.
 */
void program_start_first(void)
{
    const char *name = modules.items[0].name;
    enum error error;

    if (modules.count == 0) {
        panic("program_start_first: expected programs as boot modules (-initrd), found none");
    }
    error = program_start(name, 0, &first_task);
    if (error != ERROR_NONE) {
        panic("program_start_first: %s: %s", name, error_name(error));
    }
}

/**
 * Ends a task. With the first one the system ends: nobody is left to start anything.
 *
 * @param thread  in no queue
 * @param status  its exit status
 */
void program_end(struct thread *thread, int64_t status)
{
    thread_end(thread, status);
    if (thread == first_task) {
        printk("[kernel] %s has ended with status %ld\n", thread->name, status);
        machine_stop(STOP_DONE);
    }
}
