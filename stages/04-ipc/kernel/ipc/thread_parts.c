/**
 * @file
 * What belongs to a thread besides its control block: how it begins, is loaded, and is given back.
 */
#include "arch/switch.h"
#include "ipc/endpoint.h"
#include "ipc/message.h"
#include "ipc/slots.h"
#include "task/program_memory.h"

/**
 * Makes a new thread's parts such that it can run; memory it has none yet.
 */
void thread_prepare(struct thread *thread)
{
    fpu_prepare(&thread->cpu);
    thread->bound = &notification_none;
}

/**
 * Gives back all that an ended thread holds but its control block. Who waits for it is told.
 */
void thread_release(struct thread *thread)
{
    for (size_t i = 0; i < SLOT_LIMIT; i++) {
        slots_clear(&thread->slots[i]);
    }
    notification_unbind(thread);
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

/** @return the registers that hold a thread's message, and take what it gets: its own */
struct context *message_registers(struct thread *thread)
{
    return &thread->context;
}
