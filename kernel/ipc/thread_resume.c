/**
 * @file
 * How a thread is loaded, and where its message stands.
 */
#include "arch/page_table.h"
#include "arch/switch.h"
#include "ipc/fault_message.h"
#include "ipc/message.h"

/**
 * Leaves the kernel to a thread, the current one.
 */
noreturn void thread_resume(struct thread *thread)
{
    if (thread->is_faulting) {
        fault_finish(thread);
    }
    page_load(thread->root);
    cpu_switch(&thread->cpu);
    context_resume(&thread->context);
}

/**
 * @return the registers that hold a thread's message, and take what it gets: a thread whose fault
 *         is the message needs its own ones for going on
 */
struct context *message_registers(struct thread *thread)
{
    return thread->is_faulting ? &thread->fault : &thread->context;
}
