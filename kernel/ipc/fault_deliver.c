/**
 * @file
 * What becomes of a program's exception.
 */
#include "abi/exception.h"
#include "arch/machine.h"
#include "arch/page_fault.h"
#include "ipc/endpoint.h"
#include "ipc/fault_message.h"
#include "task/program.h"

/**
 * Asks a thread's fault handler what to do about its exception (fault_send()). A page fault is told
 * as the address and the kind of access (cpu_fault_address(), exception_access()); any other
 * exception as its error code and its vector, the latter with the bit FAULT_EXCEPTION.
 *
 * @param thread  the current thread
 * @param saved   its registers, with vector and error code
 * @return what fault_send() does
 */
static enum error ask_handler(struct thread *thread, const struct context *saved)
{
    if (exception_is_page_fault(saved)) {
        return fault_send(thread, cpu_fault_address(), exception_access(saved));
    }
    return fault_send(thread, saved->error, FAULT_EXCEPTION | (unsigned)saved->vector);
}

/**
 * Deals with an exception of the current thread: its handler is asked. If there is none, it is the
 * thread's end.
 *
 * @param saved  the program's registers
 */
noreturn void fault_deliver(const struct context *saved)
{
    if (ask_handler(sched.current, saved) != ERROR_NONE) {
        fault_end_task(saved);
    }
    priority_follow(sched.current);
    sched_leave();
}
