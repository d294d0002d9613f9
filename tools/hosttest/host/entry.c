/**
 * @file
 * The way into the kernel and out of it. Where the kernel would load a thread's registers, this
 * goes back to whoever has entered it.
 */
#include <setjmp.h>

#include "arch/interrupt.h"
#include "arch/switch.h"
#include "arch/user.h"
#include "harness.h"
#include "host/machine.h"
#include "ipc/message.h"
#include "syscall/table.h"
#include "task/sched.h"

/* What the kernel's entry calls. */
struct call_result syscall_enter(uint64_t first, uint64_t second, uint64_t third, uint64_t fourth,
                                 uint64_t number);

static jmp_buf left;
static unsigned raised; /* the line that interrupts */

/* As in generated/call_table.asm: each call takes as many of the arguments as it needs. */
#define CALL_DECLARATION(number, NAME, name) extern void syscall_##name(void);
CALL_LIST(CALL_DECLARATION)
extern void syscall_unknown(void);

#define CALLS 128
#define CALL_ENTRY(number, NAME, name) [number] = (call_function)syscall_##name,
const call_function call_table[CALLS] = {CALL_LIST(CALL_ENTRY)};
const uint64_t call_table_size = CALLS;

/** Stands in for the CPU's way back to a thread. */
noreturn void context_resume(struct context *context)
{
    EXPECT(context == &sched.current->context, "the kernel leaves to a thread that does not run");
    longjmp(left, 1);
}

/** Stands in for the empty kernel stack: this one has room enough. */
noreturn void stack_restart(void (*function)(struct context *saved), struct context *saved)
{
    function(saved);
    fail("a function that never returns has done so");
}

/** @return true: interrupts are never spurious here */
bool interrupt_acknowledge(unsigned line)
{
    (void)line;
    return true;
}

/** Makes the idle thread, and lets it be the current one. */
void host_threads_start(void)
{
    sched.idle = host_stage_idle();
    thread_prepare(sched.idle);
    sched.current = sched.idle;
    sched.current->state = THREAD_RUNNING;
}

/**
 * Carries out a system call of the current thread, as syscall_entry and syscall_exit do: its result
 * is in its context.
 *
 * @return whether the number has a call
 */
bool host_call(uint64_t number, const uint64_t arguments[4])
{
    struct thread *caller = sched.current;
    struct call_result result;

    if (number >= CALLS || call_table[number] == NULL) {
        return false;
    }
    if (setjmp(left) == 0) {
        result = syscall_enter(arguments[0], arguments[1], arguments[2], arguments[3], number);
        context_set_result(&caller->context, result.error, result.value);
        if (caller->state != THREAD_RUNNING) {
            sched_leave();
        }
    }
    return true;
}

/** Enters the kernel as the CPU does at an exception. @return whether it has left it, too */
bool host_enter(void (*entry)(struct context *saved))
{
    if (setjmp(left) == 0) {
        entry(&sched.current->context);
        return false;
    }
    return true;
}

static void interrupt(struct context *saved)
{
    irq_enter(raised, saved);
}

/** An interrupt of a line. */
void host_interrupt(unsigned line)
{
    raised = line;
    EXPECT(host_enter(interrupt), "an interrupt of line %u returns", line);
}

/** The timer's interrupt. */
void host_tick(void)
{
    host_interrupt(INTERRUPT_TIMER);
}
