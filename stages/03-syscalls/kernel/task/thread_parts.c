/**
 * @file
 * What belongs to a thread besides its control block: how it begins, is loaded, and is given back.
 */
#include "arch/switch.h"
#include "task/program_memory.h"

/**
 * Makes a new thread's parts such that it can run; memory it has none yet.
 */
void thread_prepare(struct thread *thread)
{
    fpu_prepare(&thread->cpu);
}

/**
 * Gives back all that an ended thread holds but its control block.
 */
void thread_release(struct thread *thread)
{
    program_release_memory(thread);
    fpu_forget(&thread->cpu);
}

/**
 * Leaves the kernel to a thread.
 */
noreturn void thread_resume(struct thread *thread)
{
    cpu_switch(&thread->cpu);
    context_resume(&thread->context);
}
