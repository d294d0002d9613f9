/**
 * @file
 * Calls that may take long: they are cut into steps, and begun anew after some of them.
 *
 * Between the steps everything is as it should be, interrupts are taken, and others may run. The
 * program does not notice: it goes on behind its SYSCALL when all is done. What has been done is
 * not done again, since it shows in the objects themselves.
 *
 * Like message calls, these have all registers saved in the context when they begin. Such a call
 * may be the end of the thread that makes it. Nobody uses the control block for anything else
 * before the kernel is left, so what is written there does no harm.
 */
#include "syscall/call.h"

#include "arch/registers.h"
#include "arch/switch.h"

/** Ends a call of the current thread. */
noreturn void steps_leave(enum error error)
{
    context_set_result(&sched.current->context, error, 0);
    sched_leave();
}

/**
 * Lets the current thread make its call once more.
 *
 * @param call   which
 * @param first  its first argument; the second and the fourth are in the context
 * @param third  the third
 */
noreturn void steps_restart(enum call_number call, uint64_t first, uint64_t third)
{
    context_restart_call(&sched.current->context, call, first, third);
    sched_leave();
}
